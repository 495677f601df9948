"""Scores survive being written down, with everything the pages show them by."""

from pathlib import Path

import numpy as np

from meta_med.calibrate.record_scores import Scored, concatenate


def scored(subject: list[int], sex: list[str]) -> Scored:
    """One continuous and one binary outcome of two predictors."""
    n = len(subject)
    rng = np.random.default_rng(subject[0])
    keys = [("a", "mae", "mmHg"), ("a", "coverage_90", "share"), ("b", "brier", "1")]
    return Scored(
        size=np.arange(n),
        subject=np.asarray(subject),
        cohort=np.zeros(n, dtype=int),
        cohort_names=["north, old", "south"],
        scores={name: {key: rng.random(n) for key in keys} for name in ("champion", "last_value")},
        events={"b": np.asarray([0.0, 1.0, np.nan][:n])},
        probabilities={name: {"b": rng.random(n)} for name in ("champion", "last_value")},
        age=np.asarray([np.nan, 3.5, 400.0][:n]),
        groups={"sex": np.asarray(sex), "age": np.asarray(["under 40"] * n)},
    )


def assert_same(found: Scored, expected: Scored) -> None:
    for name in ("size", "subject", "cohort", "age"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    assert list(found.cohort_names) == list(expected.cohort_names)
    for predictor, keys in expected.scores.items():
        assert list(found.scores[predictor]) == list(keys)
        for key, score in keys.items():
            np.testing.assert_array_equal(found.scores[predictor][key], score)
        for name, p in expected.probabilities[predictor].items():
            np.testing.assert_array_equal(found.probabilities[predictor][name], p)
    np.testing.assert_array_equal(found.events["b"], expected.events["b"])
    assert {g: list(labels) for g, labels in found.groups.items()} == {
        g: list(labels) for g, labels in expected.groups.items()
    }


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    one = scored([4, 4, 9], ["f", "f", "m"])
    one.save(tmp_path / "fold")
    assert_same(Scored.load(tmp_path / "fold"), one)


def test_folds_are_joined_with_their_groups_and_ages(tmp_path: Path) -> None:
    parts = [scored([4, 4, 9], ["f", "f", "m"]), scored([2, 3], ["m", "x"])]
    both = concatenate(parts)
    assert list(both.groups["sex"]) == ["f", "f", "m", "m", "x"]
    np.testing.assert_array_equal(both.age, np.concatenate([p.age for p in parts]))
    both.save(tmp_path / "both")
    assert_same(Scored.load(tmp_path / "both"), both)
