"""Model versions on a terminal: the list, one version with its evidence, and what two differ in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.console import RenderableType
from rich.table import Table

from meta_med.evaluate.number_text import decimal, estimate

if TYPE_CHECKING:
    from orchestration.models.decide import Version

MEGABYTE = 1_000_000


def versions_table(found: Sequence["Version"]) -> Table:
    """One line per version."""
    shown = _table("study", "version", "state", "since", "by", "trained", "MB", "files")
    for version in found:
        facts = version.content
        size = f"{facts['bytes'] / MEGABYTE:.1f}"
        sound = "DAMAGED" if version.damage else "sound" if version.manifest else "removed"
        shown.add_row(
            *(facts[name] for name in ("study", "version", "state", "since", "by", "trained_at")), size, sound
        )
    return shown


def version_shown(
    version: "Version", entries: Sequence[Mapping[str, Any]], scores: pd.DataFrame | None
) -> Iterator[RenderableType]:
    """A version: origin, scores on its held-out patients, and its history with the evidence."""
    facts, made = version.content, version.content["facts"]
    yield f"Model version {facts['version']} of {facts['study']}: {facts['state']} since {facts['since']} (UTC)."
    if version.damage:
        yield version.damage
    for name in sorted(made):
        yield f"  {name}: {made[name]}"
    if scores is not None:
        yield _scores_table(scores)
    for entry in entries:
        yield f"{entry['at']}  {entry['state']} by {entry['who']} ({entry['account']}): {entry['why']}"
        yield from _evidence(entry["evidence"])


def _evidence(evidence: Mapping[str, Any]) -> Iterator[RenderableType]:
    checks = evidence.get("leakage_checks", {})
    if checks:
        yield "  leakage checks: " + ", ".join(f"{name} {verdict}" for name, verdict in checks.items())
    if why := evidence.get("not_compared"):
        yield f"  not compared with champion {evidence.get('champion')}: {why}"
    if compared := evidence.get("comparison"):
        yield _comparison_table(compared, str(evidence.get("champion")))


def _comparison_table(compared: Mapping[str, Any], champion: str) -> Table:
    shown = _table(
        "outcome",
        "patients",
        "difference, %",
        "90 % interval",
        title=f"Against champion {champion}: proper score on {compared['held_out_patients']:,} held-out patients whom "
        f"neither has seen; above 0 is worse, the margin is {100 * compared['margin']:g} %",
    )
    for d in compared["differences"]:
        low, high = (f"{100 * d[side]:+.1f}" for side in ("low", "high"))
        shown.add_row(d["outcome"], f"{d['patients']:,}", f"{100 * d['value']:+.1f}", f"{low} to {high}")
    return shown


def _scores_table(scores: pd.DataFrame) -> Table:
    shown = _table(
        "outcome", "metric", "unit", "value, 95 % interval", title="What it serves, on its held-out patients"
    )
    for row in scores_content(scores):
        value = estimate(row["value"], row["ci_low"], row["ci_high"])
        shown.add_row(row["outcome"], row["metric"], row["unit"], value)
    return shown


def scores_content(scores: pd.DataFrame | None) -> list[dict[str, Any]]:
    """The scores as JSON rows."""
    rows = [] if scores is None else scores.reset_index().to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def difference_shown(content: Mapping[str, Any]) -> Iterator[RenderableType]:
    """What two versions differ in."""
    yield f"{content['one']} and {content['other']}: {len(content['files'])} files differ."
    for name, (one, other) in content["facts"].items():
        yield f"  {name}: {one} | {other}"
    shown = _table("outcome", "metric", "unit", content["one"], content["other"])
    for row in content["scores"]:
        values = (decimal(row["value_one"]), decimal(row["value_other"]))
        shown.add_row(row["outcome"], row["metric"], row["unit"], *values)
    yield shown


def _table(*heads: str, title: str | None = None) -> Table:
    shown = Table(title=title, title_justify="left")
    for head in heads:
        shown.add_column(head)
    return shown
