"""A fitted outcome model as plain arrays and JSON facts, and back."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from meta_med.baselines.hierarchical.courses import Courses
from meta_med.baselines.hierarchical.covariate_mean import CovariateMean
from meta_med.baselines.hierarchical.group_model import GroupModel
from meta_med.baselines.hierarchical.outcome_model import OutcomeModel
from meta_med.baselines.hierarchical.repeats import Repeats
from meta_med.baselines.hierarchical.warp import Warp
from meta_med.episodes.episode_arrays import Arrays

PARTS: Mapping[str, type[Warp] | type[CovariateMean] | type[Repeats]] = {
    "warp": Warp,
    "covariates": CovariateMean,
    "repeats": Repeats,
}
NUMBERS = ("gap", "share", "certainty", "beyond")
OWN = ("gap", "log_weight", "cohorts", "mean", "variance")


def arrays_of(model: OutcomeModel) -> dict[str, np.ndarray]:
    """The arrays of an outcome model; none shares memory with another, which a checkpoint would refuse."""
    groups = {"shared": model.shared} | {f"own-{cohort}": group for cohort, group in model.own.items()}
    out = {f"{name}.{k}": v for name, group in groups.items() for k, v in _of_group(group).items()}
    return out | {"columns": model.columns.copy()}


def facts_of(model: OutcomeModel) -> dict[str, Any]:
    """The other facts of an outcome model."""
    return {"seed": model.seed, "own": sorted(model.own), "df": model.df}


def outcome_model(d: int, arrays: Arrays, facts: Mapping[str, Any]) -> OutcomeModel:
    """Rebuild the model of outcome `d` from `arrays_of` and `facts_of`."""
    own = {int(cohort): _group(arrays, f"own-{cohort}.") for cohort in facts["own"]}
    rest = {name: facts[name] for name in ("seed", "df")}
    return OutcomeModel(d, arrays["columns"], shared=_group(arrays, "shared."), own=own, **rest)


def _of_group(group: GroupModel) -> dict[str, np.ndarray]:
    parts = {
        f"{part}.{f.name}": np.array(getattr(getattr(group, part), f.name))
        for part, kind in PARTS.items()
        for f in fields(kind)
    }
    own = {name: np.array(getattr(group, name)) for name in OWN}
    return parts | own | {"courses": group.courses.table()}


def _group(arrays: Arrays, prefix: str) -> GroupModel:
    found: dict[str, Any] = {name: _plain(name, arrays[prefix + name]) for name in OWN}
    for part, kind in PARTS.items():
        of_part: dict[str, Any] = {
            f.name: _plain(f.name, arrays[f"{prefix}{part}.{f.name}"]) for f in fields(kind)
        }
        found[part] = kind(**of_part)
    return GroupModel(courses=Courses.of_table(arrays[prefix + "courses"]), **found)


def _plain(name: str, value: np.ndarray) -> np.ndarray | float:
    """A number as a float; a checkpoint gives it an axis."""
    return float(value.item()) if name in NUMBERS else value
