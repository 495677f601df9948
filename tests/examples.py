"""How many examples a law is tried on: few in `make test`, up to META_MED_EXAMPLES in `make nightly`."""

import os

from hypothesis import HealthCheck, settings

A_NIGHT = 2000
# one law tried on each learner, baseline or outcome kind in turn: a night's examples are shared among them
EACH = 200
# a law whose one example is a whole run of the gate, a conversion or a fit: a tenth of a second and more
WHOLE_RUN = 300


def examples(few: int, nightly: int = A_NIGHT) -> settings:
    """Settings for a Hypothesis law: `few` examples, or as many as META_MED_EXAMPLES allows, `nightly` at most."""
    asked = int(os.environ.get("META_MED_EXAMPLES", "0"))
    return settings(
        max_examples=max(few, min(asked, nightly)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
