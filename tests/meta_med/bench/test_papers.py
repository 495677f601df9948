"""The papers' problems: sources as published, baselines that mean something, a page that goes on where it stopped."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy import stats

from meta_med.bench.papers import classification, regression, reproduce, run
from meta_med.bench.papers import regression as pretrained
from meta_med.bench.papers.budget import Budget
from meta_med.bench.papers.glyphs import Glyphs
from meta_med.bench.papers.page import page
from meta_med.bench.papers.regression import GaussianProcessCurves, Sinusoids
from meta_med.bench.papers.results import Figure, Result, Results, seeded
from meta_med.learners import names
from meta_med.study import StudyMismatch


def test_sinusoids_are_those_of_the_paper() -> None:
    batch = Sinusoids(n_support=500, n_query=20).sample(300, seeded(0))
    x, y = batch.support.x[..., 0], batch.support.y[..., 0]
    assert -5 <= float(x.min()) < -4.9
    assert 4.9 < float(x.max()) <= 5
    amplitude = y.abs().amax(1)
    assert 0.09 < float(amplitude.min()) < 0.3
    assert 4.7 < float(amplitude.max()) <= 5
    # y = A sin x + B cos x exactly
    design = torch.stack([x.sin(), x.cos()], -1)
    solved = torch.linalg.lstsq(design, y.unsqueeze(-1)).solution
    torch.testing.assert_close(design @ solved, y.unsqueeze(-1), atol=1e-4, rtol=0)


def test_a_varying_source_shows_every_number_of_records() -> None:
    batch = Sinusoids(n_support=10, n_query=2, varying=True).sample(500, seeded(0))
    assert set(batch.support.present.sum(1).tolist()) == set(range(11))


def test_the_exact_posterior_knows_its_own_uncertainty() -> None:
    source = GaussianProcessCurves(n_support=8, n_query=50)
    square, density = source.oracle(source.sample(400, seeded(0)))
    none = replace(source, n_support=0)
    prior_square, prior_density = none.oracle(none.sample(400, seeded(0)))
    assert float(prior_square.mean()) == pytest.approx(1.0, abs=0.1)
    assert float(prior_density.mean()) == pytest.approx(-1.419, abs=0.06)
    assert float(square.mean()) < 0.4 * float(prior_square.mean())
    assert float(density.mean()) > float(prior_density.mean()) + 1.0


def test_the_pretrained_baseline_gains_from_fine_tuning() -> None:
    network = pretrained.pretrain(Sinusoids(0, 10), 40, Budget(150, 25, 3e-3), seed=0)
    batch = Sinusoids(10, 50).sample(100, seeded(1))
    step_size = pretrained.best_step_size(network, Sinusoids(10, 50).sample(100, seeded(2)), 5)
    before, after = (pretrained.fine_tuned_errors(network, batch, n, step_size) for n in (0, 5))
    direct = (network(batch.query.x) - batch.query.y)[..., 0].square().mean(1)
    torch.testing.assert_close(before, direct.detach())
    assert float(after.mean()) < 0.9 * float(before.mean())


def test_a_figure_is_a_mean_with_its_interval() -> None:
    figure = Figure.of(torch.tensor([1.0, 2.0, 3.0, 4.0]))
    assert figure.mean == 2.5
    low, high = stats.ttest_1samp([1, 2, 3, 4], 0).confidence_interval()
    assert figure.half == pytest.approx((high - low) / 2)


def test_results_outlive_the_run_and_count_only_for_their_facts(tmp_path: Path) -> None:
    kept = Results(tmp_path / "r" / "papers.json")
    kept.add(Result("sinusoid", "5, 10", "maml", {"mse@5": Figure(1.0, 0.1)}, {"steps": 3}, 1.5))
    again = Results(tmp_path / "r" / "papers.json")
    assert again.get("sinusoid", "5, 10", "maml") == kept.get("sinusoid", "5, 10", "maml")
    assert again.has(("sinusoid", "5, 10", "maml"), {"steps": 3})
    assert not again.has(("sinusoid", "5, 10", "maml"), {"steps": 4})
    assert not again.has(("sinusoid", "5, 10", "anil"), {"steps": 3})


def test_what_diverged_is_kept_and_shown_as_such(tmp_path: Path) -> None:
    kept = Results(tmp_path / "papers.json")
    figures = {"mse@0": Figure(1.0, 0.1), "mse@1": Figure(2.0, 0.1), "mse@5": Figure(math.inf, math.nan)}
    kept.add(
        Result("sinusoid steps", "5", "maml", figures, {"steps": 3, "tasks": 1, "test_tasks": 1, "seed": 0})
    )
    assert "Infinity" not in (tmp_path / "papers.json").read_text()
    line = next(
        row for row in page(Results(kept.path), "", False).splitlines() if row.startswith("| 5 | `maml`")
    )
    assert line.startswith("| 5 | `maml` | 1.00 ± 0.10 | 2.00 ± 0.10 | diverges | not run |")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Glyphs of noise, one setting and one encoder: the rest is more of the same."""
    noise = np.random.default_rng(0).integers(0, 255, (40, 20, 28, 28), dtype=np.uint8)
    made = Glyphs(tuple(map(chr, range(200, 240))), noise, 7, "noise")
    monkeypatch.setattr(reproduce, "glyphs", lambda *_: made)
    monkeypatch.setattr(classification, "SETTINGS", classification.SETTINGS[:1])
    monkeypatch.setattr(classification, "ENCODERS", {"perceptron": classification.ENCODERS["perceptron"]})


@pytest.mark.nightly
def test_the_page_has_every_learner_and_a_second_run_measures_nothing(few: None, tmp_path: Path) -> None:
    said: list[str] = []
    out = tmp_path / "docs" / "papers.md"
    text = run(out, quick=True, cache=tmp_path, say=said.append)
    assert out.read_text() == text
    assert "| not run |" not in text
    assert "7 fonts (24 / 4 / 12 characters)" in text
    for name in names():
        assert f"| `{name}` |" in text
    for line in (
        "| 5 | `maml` |",
        "1.13 ± 0.18",
        "exact posterior",
        "`protonet`, glyphs, here",
        "89.7 ± 1.1",
    ):
        assert line in text
    count = len(said)
    assert run(out, quick=True, cache=tmp_path, say=said.append) == text
    assert len(said) == count


def test_only_some_learners_are_measured_and_the_page_says_what_was_not(few: None, tmp_path: Path) -> None:
    text = run(tmp_path / "p.md", quick=True, only=["protonet"], cache=tmp_path)
    assert "| 5 | `maml` | not run |" in text
    assert "| `protonet`, glyphs, here | not run" not in text
    with pytest.raises(StudyMismatch, match=r"protonett.*protonet"):
        run(tmp_path / "p.md", quick=True, only=["protonett"], cache=tmp_path)


def test_without_fonts_the_other_problems_are_still_measured(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    said: list[str] = []
    none = tmp_path / "fonts"
    text = run(tmp_path / "p.md", quick=True, only=["protonet"], cache=tmp_path, say=said.append, fonts=none)
    assert "no glyphs could be drawn" in text
    assert any("apt-get install" in line for line in said)


def test_stepping_and_single_pass_learners_are_all_there_are() -> None:
    assert {*regression.gradient_step_learners(), *regression.single_pass_learners()} == set(names())
    assert set(regression.gradient_step_learners()) >= {"maml"}
