"""The evaluation for a reader: who errs how much, by how many own records were used."""

import math
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from orchestration.run_folder import RunFolder
from orchestration.study_file import LoadedStudy

EVALUATION = "evaluation.parquet"
LARGEST_SHOWN = 6
ALL, MAE, POOLED, CHAMPION, UN_ADAPTED = "all", "mae", -1, "champion", "un_adapted"


def evaluation_of(folder: RunFolder) -> pd.DataFrame:
    """The run's evaluation table, as DESIGN's interface has it."""
    return pd.read_parquet(folder.path / EVALUATION)


def evaluation_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The table as JSON rows; what was not estimated is null."""
    known = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in known.to_dict(orient="records")]


def error_by_support(table: pd.DataFrame, study: LoadedStudy) -> pd.DataFrame:
    """MAE over the continuous outcomes in training SDs: a row a predictor, a column a support size."""
    chosen = table[(table["outcome"] == ALL) & (table["cohort"] == ALL) & (table["metric"] == MAE)]
    wide = chosen.pivot_table(index="predictor", columns="support_size", values="value", aggfunc="first")
    order = sorted(wide.index, key=lambda name: (_role(str(name), study), str(name)))
    sizes = sorted(wide.columns.astype(int), key=lambda size: (size == POOLED, size))
    return wide.loc[order, sizes]


def error_table(wide: pd.DataFrame, study: LoadedStudy) -> Table:
    """The same for a terminal, the best of each column in bold."""
    shown = Table(
        title="Mean absolute error on held-out patients, in standard deviations (lower is better)",
        caption="by the number of the patient's own earlier records that were used; --json has all of it",
        title_justify="left",
        caption_justify="left",
    )
    wide = wide[[size for size in wide.columns if int(size) <= LARGEST_SHOWN]]
    shown.add_column("predictor", no_wrap=True)
    shown.add_column("role", no_wrap=True)
    for size in wide.columns.tolist():
        shown.add_column("1 or more" if int(size) == POOLED else str(size), justify="right", no_wrap=True)
    for name, row in wide.iterrows():
        cells = [_cell(value, best) for value, best in zip(row, wide.min(), strict=True)]
        shown.add_row(str(name), ROLES[_role(str(name), study)], *cells)
    return shown


ROLES = ("champion", "learner", "baseline", "")


def _role(name: str, study: LoadedStudy) -> int:
    if name == CHAMPION:
        return 0
    if name in {learner.name for learner in study.spec.learners}:
        return 1
    return 2 if name in (*study.spec.baselines, UN_ADAPTED) else 3


def _cell(value: float, best: float) -> Text:
    if math.isnan(value):
        return Text("-")
    return Text(f"{value:.3f}", style="bold" if value == best else "")
