"""What holds of every kind of outcome, whichever are registered."""

import re

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import stats

from meta_med.outcomes import CalibratedForecast, Outcome, OutcomeKind, UnsupportedByKind, kind_of
from meta_med.outcomes.registry import KINDS, headlines, kind_of_error, metrics, proper_scores
from tests.architecture.source_trees import ROOT

WIDTH = {"continuous": 1, "binary": 2, "categorical": 3}
# who else may write a kind's name: the study's type, and a default or a problem of one kind
NAMED = {
    "meta_med/study_parts/outcomes.py",
    "meta_med/outcomes/layout.py",
    "meta_med/outcomes/continuous.py",
    "meta_med/outcomes/binary.py",
    "meta_med/outcomes/categorical.py",
    "meta_med/bench/papers/classification.py",
    "dashboard/outcome_kinds.py",
    "dashboard/views/model.py",
}
STORED = {
    "meta_med/baselines/boosting.py",
    "meta_med/pretraining/patients.py",
    "dashboard/bench/simulated_release.py",
}  # a key of saved arrays, no kind


def drawn(kind: OutcomeKind, width: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Locations (40, width) and values (40, 1)."""
    generator = torch.Generator().manual_seed(0)
    location = torch.randn(40, width, generator=generator, dtype=torch.float64)
    y = torch.randn(40, 1, generator=generator, dtype=torch.float64)
    if kind.is_class:
        y = torch.randint(0, width, (40, 1), generator=generator).double()
    return location, y


@pytest.mark.parametrize("name", KINDS)
def test_the_derivative_of_the_inner_loss_is_what_is_expected_less_what_came(name: str) -> None:
    """The canonical link: of a normal distribution of variance 1, and of classes."""
    kind = kind_of(name)
    location, y = drawn(kind, WIDTH[name])
    location.requires_grad_()
    scale = torch.ones(40, 1, dtype=torch.float64) if kind.has_scale else None
    (slope,) = torch.autograd.grad(-kind.log_likelihood(y, location, scale, None).sum(), location)
    came = kind.targets(y[:, 0], torch.ones(40, dtype=torch.bool), WIDTH[name])
    torch.testing.assert_close(slope, kind.expected(location.detach()) - came)


@pytest.mark.parametrize("name", KINDS)
def test_the_location_of_what_is_expected_expects_it(name: str) -> None:
    kind = kind_of(name)
    expected = kind.expected(drawn(kind, WIDTH[name])[0])
    torch.testing.assert_close(kind.expected(kind.location(expected)), expected)
    nothing = torch.zeros(1, WIDTH[name], dtype=torch.float64)
    assert kind.expected(nothing).tolist() == [pytest.approx([kind.at_zero(WIDTH[name])] * WIDTH[name])]


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.metrics])
def test_the_best_constant_errs_least(name: str) -> None:
    kind, y = kind_of(name), np.array([0.0, 0.0, 0.0, 1.0, 1.0])
    best = kind.best_constant(y)
    for other in np.linspace(0, 1, 21):
        assert kind.error(y, np.full(5, best)).mean() <= kind.error(y, np.full(5, other)).mean() + 1e-12


@pytest.mark.parametrize("name", KINDS)
def test_the_link_of_a_centre_leads_back(name: str) -> None:
    kind, mean = kind_of(name), np.array([0.1, 0.5, 0.9])
    np.testing.assert_allclose(kind.inverse_link(kind.link(mean)), mean)


def test_what_a_kind_does_not_have_it_refuses_by_name() -> None:
    grade, p = kind_of("categorical"), np.full(3, 0.5)
    with pytest.raises(UnsupportedByKind, match="'categorical' has no forecast of one number from 3 target"):
        grade.centre(torch.zeros(2, 3))
    with pytest.raises(UnsupportedByKind, match="'categorical' has no prediction interval"):
        grade.conformity(p, p, p)
    with pytest.raises(UnsupportedByKind, match="'categorical' has no error"):
        grade.error(p, p)
    with pytest.raises(UnsupportedByKind, match="'binary' has no prediction interval"):
        kind_of("binary").conformity(p, p, p)


def test_tables_find_their_measures_by_the_kinds() -> None:
    assert (headlines(), proper_scores()) == (("mae", "brier"), ("crps", "log_loss"))
    assert metrics()["rmse"].root
    no_errors = {name for name, metric in metrics().items() if not metric.error}
    assert no_errors == {"coverage_90", "width_90", "log_score"}


def test_each_error_has_the_scores_of_its_whole_distribution_beside_it() -> None:
    beside = {e: [m.name for m in kind_of_error(e).distribution_metrics] for e in headlines()}
    assert beside == {"mae": ["crps", "log_score"], "brier": ["log_loss"]}


def test_the_log_score_is_minus_the_log_density_on_model_scale_whatever_the_unit() -> None:
    y, df = np.array([0.3, -2.0, np.nan]), 5.0
    forecast = CalibratedForecast(np.zeros(3), np.array([1.0, 2.0, 1.0]), df, np.ones(3))
    in_unit = kind_of("continuous").scores(y, forecast, lambda z: 10 * z + 120)["log_score"]
    np.testing.assert_allclose(in_unit, -stats.t.logpdf(y, df, 0.0, forecast.scale))
    assert np.isnan(in_unit[2])


def test_lower_log_scores_are_better_below_zero_too() -> None:
    scores = pd.Series({"sharp": -1.2, "middling": -0.1, "blunt": 1.5})
    assert metrics()["log_score"].loss(scores).idxmin() == "sharp"
    assert metrics()["coverage_90"].loss(pd.Series({"narrow": 0.7, "right": 0.91})).idxmin() == "right"


def test_an_unknown_kind_is_told_which_there_are() -> None:
    with pytest.raises(ValueError, match="kind must be continuous, binary or categorical"):
        Outcome("stage", "ordinal")


def test_a_kind_is_named_in_its_own_file_and_where_it_is_shown() -> None:
    """Elsewhere its object is asked: whoever adds a kind looks at no other file."""
    named = set()
    for package in ("meta_med", "orchestration", "dashboard"):
        for path in (ROOT / package).rglob("*.py"):
            if re.search(r'["\'](continuous|binary|categorical)["\']', path.read_text()):
                named.add(path.relative_to(ROOT).as_posix())
    assert named - STORED <= NAMED
