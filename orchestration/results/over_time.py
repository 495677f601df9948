"""Forecasts over time on a page of results: coverage by horizon on held-out patients, as a sentence and a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.study_result import StudyResult
from meta_med.evaluate.horizon_check import OVER_TIME
from meta_med.evaluate.number_text import percent
from meta_med.published.durations import in_words
from orchestration.results.tables import FEW, markdown, outcome_title

HEAD = ["outcome", "horizon", "50 % intervals hold", "80 %", "90 %", "90 % without the horizon", "patients"]
Row = Mapping[str, Any]


def over_time_line(result: StudyResult) -> Iterator[str]:
    """The sentence of the summary; none where the study has no forecast over time."""
    rows = [row for row in _of(result, ALL) if _has_intervals(row)]
    if rows:
        shares = [percent(row["coverage_90"]) for row in rows]
        shares[0] += " of values"
        far = [in_words(row["horizon_days"]) for row in rows]
        each = [f"{share} after {days}" for share, days in zip(shares, far, strict=True)]
        usual = [percent(row["pooled_coverage_90"]) for row in rows]
        yield (
            f"Forecast over time: 90 % intervals, calibrated for each horizon, held {_listed(each)}; without that, "
            f"{_listed(usual)}."
        )


def over_time_part(result: StudyResult) -> Iterator[str]:
    """The section with the table; nothing where the study has no forecast over time."""
    names = [ALL, *(o.name for o in result.spec.outcomes)]
    lines = [_line(result, row) for name in names for row in _of(result, name) if _has_intervals(row)]
    few = [row for name in names[1:] for row in _of(result, name) if row["n_patients"] < FEW]
    risks = [row for name in names[1:] for row in _of(result, name) if row["predicted"] is not None]
    if not lines and not risks:
        return
    yield "## Forecast over time: coverage by horizon"
    yield (
        "Held-out patients' records, each predicted from own records at about the horizon's distance; nearer ones are "
        "left out. Intervals are calibrated for the horizon, except at the study's own "
        f"({in_words(result.spec.serve.horizon_days)}), which has those of the predictions above. In brackets 95 % "
        "intervals over patients."
    )
    if lines:
        yield markdown(HEAD, lines)
    if risks:
        shown = [_risk(result, row) for row in risks if row["n_patients"] >= FEW]
        yield markdown(["outcome", "horizon", "predicted", "observed", "patients"], shown)
    if few:
        pairs = (
            "1 pair of outcome and horizon is"
            if len(few) == 1
            else f"{len(few)} pairs of outcome and horizon are"
        )
        yield f"{pairs} left out: fewer than {FEW} patients have a value there."


def _of(result: StudyResult, outcome: str) -> Sequence[Row]:
    return [row for row in result.facts.get(OVER_TIME, []) if row["outcome"] == outcome]


def _has_intervals(row: Row) -> bool:
    return row["n_patients"] >= FEW and row["coverage_90"] is not None


def _line(result: StudyResult, row: Row) -> list[str]:
    name = row["outcome"]
    title = "**all together**" if name == ALL else outcome_title(result.spec, name)
    ends = f"[{percent(row['coverage_90_low'])}, {percent(row['coverage_90_high'])}]"
    return [
        title,
        in_words(row["horizon_days"]),
        percent(row["coverage_50"]),
        percent(row["coverage_80"]),
        f"{percent(row['coverage_90'])} {ends}",
        percent(row["pooled_coverage_90"]),
        f"{row['n_patients']:,}",
    ]


def _risk(result: StudyResult, row: Row) -> list[str]:
    shares = [percent(row["predicted"]), percent(row["observed"])]
    return [
        outcome_title(result.spec, row["outcome"]),
        in_words(row["horizon_days"]),
        *shares,
        f"{row['n_patients']:,}",
    ]


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
