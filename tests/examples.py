"""How many examples a law is tried on: few in `make test`, as many as `make nightly` asks for."""

import os

from hypothesis import HealthCheck, settings


def examples(few: int) -> settings:
    """Settings for a Hypothesis law: `few` examples, or META_MED_EXAMPLES where that is set."""
    return settings(
        max_examples=int(os.environ.get("META_MED_EXAMPLES", few)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
