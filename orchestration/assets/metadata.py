"""From a stage's outcome to Dagster metadata: counts, tables as markdown, plots. Aggregates only."""

import base64
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd
from dagster import MetadataValue

from orchestration.stages.run_stage import StageOutcome

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from meta_med.stages import StageSummary

ROWS_SHOWN = 40


def metadata_of(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Every count and table of the outcome, by name."""
    shown = {name: _count(value) for name, value in outcome.counts.items()}
    shown |= {name: markdown_table(table) for name, table in outcome.tables.items()}
    return {**shown, "reused": MetadataValue.bool(outcome.reused)}


def metadata_of_summary(summary: "StageSummary") -> dict[str, MetadataValue]:
    """Every count and table of a summary, by name."""
    shown = {name: _count(value) for name, value in summary.counts.items()}
    return shown | {name: markdown_table(table) for name, table in summary.tables.items()}


def markdown_table(table: pd.DataFrame) -> MetadataValue:
    """The table's first rows as markdown."""
    header = "| " + " | ".join(str(name) for name in table.columns) + " |"
    rule = "|" + " --- |" * len(table.columns)
    rows = [
        "| " + " | ".join(map(_cell, row)) + " |" for row in table.head(ROWS_SHOWN).itertuples(index=False)
    ]
    more = [f"\n... and {len(table) - ROWS_SHOWN} more rows"] if len(table) > ROWS_SHOWN else []
    return MetadataValue.md("\n".join([header, rule, *rows, *more]))


NAMED = {"champion": "#0b6e99", "chosen_baseline": "#b5520f", "un_adapted": "#5b5b5b"}
"""Lines of a plot that have a name and a colour; the others are grey, and the table beside has their numbers."""


def line_plot(wide: pd.DataFrame, title: str) -> MetadataValue:
    """The picture of `line_figure`."""
    return _picture(line_figure(wide, title), title)


def line_figure(wide: pd.DataFrame, title: str) -> "Figure":
    """One line per row of `wide`, whose first column names the line and whose others are support sizes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    sizes = [name for name in wide.columns[1:] if str(name).isdigit()]
    lines = {str(row[wide.columns[0]]): [row[size] for size in sizes] for row in wide.to_dict("records")}
    others = [name for name in lines if name not in NAMED]
    for name in others:
        label = f"{len(others)} others, in the table" if name == others[0] else None
        axes.plot(range(len(sizes)), lines[name], color="#cccccc", linewidth=1, label=label)
    for name, colour in NAMED.items():
        if name in lines:
            label = name.replace("_", " ")
            axes.plot(range(len(sizes)), lines[name], marker="o", color=colour, linewidth=2, label=label)
    axes.set_xticks(range(len(sizes)), [str(size) for size in sizes])
    axes.set(xlabel="own records used", title=title.replace("_", " "))
    figure.legend(loc="outside lower center", ncols=len(NAMED) + 1, fontsize=8, frameon=False)
    return figure


def bar_plot(labels: pd.Series, heights: pd.Series, title: str) -> MetadataValue:
    """One horizontal bar per label, as a picture inside markdown."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 0.6 + 0.3 * len(labels)), layout="constrained")
    axes = figure.add_subplot()
    axes.barh(labels.astype(str), heights)
    axes.invert_yaxis()
    axes.set_title(title)
    return _picture(figure, title)


def _picture(figure: "Figure", title: str) -> MetadataValue:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=80, metadata={"Software": None})
    return MetadataValue.md(
        f"![{title}](data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()})"
    )


def _count(value: object) -> MetadataValue:
    if isinstance(value, bool):
        return MetadataValue.bool(value)
    if isinstance(value, int):
        return MetadataValue.int(value)
    if isinstance(value, float):
        return MetadataValue.float(value)
    return MetadataValue.text(str(value))


def _cell(value: object) -> str:
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")
