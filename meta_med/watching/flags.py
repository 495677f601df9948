"""What the guards remark about a patient, in words for a screen: plain, and without any patient's value."""

import numpy as np

from meta_med.assemble import ORDER_SINCE_ENTRY, SINCE_ENTRY
from meta_med.fitted import Prepared
from meta_med.watching.guarding import Alarm
from meta_med.watching.guards import TRAJECTORY, Guards

SINCE = {SINCE_ENTRY: "time since entry", ORDER_SINCE_ENTRY: "the place in the order of records"}


def sentences(alarm: Alarm, prepared: Prepared, guards: Guards, instead: np.ndarray) -> np.ndarray:
    """(R, D) flags in words for a screen, "" where there is none; `instead` (R, D) names the fallback."""
    personal = np.asarray(
        [" ".join(_covariate(n, int(s)) for n, s in zip(prepared.table.covariates, row, strict=True) if s)
         for row in alarm.covariates], dtype=object,
    )  # fmt: skip
    share = guards.cutoffs[TRAJECTORY].false_alarms
    steps = np.asarray(["", _step("higher", share), _step("lower", share)], dtype=object)[alarm.trajectory]
    fell = np.where(alarm.diverged[:, None], _fell(instead), "")
    flat = [" ".join(part for part in parts if part) for parts in zip(
        np.repeat(personal, steps.shape[1]), steps.ravel(), fell.ravel(), strict=True)]  # fmt: skip
    return np.asarray(flat, dtype=object).reshape(steps.shape)


def _covariate(name: str, sign: int) -> str:
    if sign == 2:
        return f"No patient of training had this {name.partition('=')[0].replace('_', ' ')}."
    what = SINCE.get(name, name.replace("_", " "))
    return f"{what.capitalize()} lies {'above' if sign > 0 else 'below'} that of every patient of training."


def _step(word: str, share: float) -> str:
    often = f"; about {max(round(100 * share), 1)} in 100 patients show such a step" if share > 0 else ""
    return f"The newest value is much {word} than the earlier ones let expect{often}."


def _fell(instead: np.ndarray) -> np.ndarray:
    words = {name: str(name).replace("_", " ") for name in np.unique(instead)}
    said = {
        name: f"Adapting to this patient's records gave an implausible result: the {word} baseline is shown instead."
        for name, word in words.items()
    }
    return np.asarray(np.vectorize(said.__getitem__, otypes=[object])(instead))
