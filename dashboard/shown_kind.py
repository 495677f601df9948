"""What a page asks of a kind of outcome: its metrics, texts, columns and charts."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import altair as alt
import pandas as pd

from dashboard.page_parts import Row
from dashboard.wording import worklist
from dashboard.wording.message import Message
from meta_med.published.search import Sort


class ShownKind(ABC):
    """How one kind of outcome is shown; `outcome` and `prediction` are rows of the published tables.

    Attributes:
        measures: metrics of the model page, the default first.
        higher_is_better: metrics where a higher value is better.
        rise, fall: labels of the worklist's sort orders.
        has_legend: whether its chart has the marks of the patient page's legend.
        told_as_share: whether a cohort's values are told by the share of patients that have it.

    """

    measures: ClassVar[tuple[str, ...]]
    has_legend: ClassVar[bool] = False
    told_as_share: ClassVar[bool] = False
    higher_is_better: ClassVar[tuple[str, ...]] = ()
    rise: ClassVar[Message]
    fall: ClassVar[Message]

    @property
    def sorts(self) -> dict[Sort, str]:
        """Sort orders of the worklist -> label."""
        return {
            "subject_id": worklist.BY_ID(),
            "outside": worklist.MOST_OUTSIDE(),
            "rise": self.rise(),
            "fall": self.fall(),
            "flagged": worklist.MOST_FLAGGED(),
        }

    @abstractmethod
    def columns(self, rows: pd.DataFrame, outcome: Row) -> dict[str, pd.Series]:
        """Columns of the worklist: last value, prediction and derived texts."""

    @abstractmethod
    def headline(self, outcome: Row, prediction: Row) -> tuple[str, str, str]:
        """The value, its meaning, and its uncertainty as texts."""

    @abstractmethod
    def chart(
        self,
        own: pd.DataFrame,
        prediction: Row,
        outcome: Row,
        caption: Sequence[str],
        newest: int | None,
        ahead: pd.DataFrame,
    ) -> alt.Chart | None:
        """The chart of the patient's own records (time_days, value) and the prediction; None if both are missing.

        `caption`: lines that name the patient; `newest`: it opens on so many newest records, None for all; `ahead`:
        the patient's published horizons of this outcome.
        """

    @abstractmethod
    def replayed(
        self, own: pd.DataFrame, step: Row, outcome: Row, steps: pd.DataFrame, caption: Sequence[str]
    ) -> alt.Chart | None:
        """The chart of one step of the replay, a row of `steps`; None where there was no prediction."""

    @abstractmethod
    def hindsight(self, steps: pd.DataFrame, outcome: Row) -> list[str]:
        """How the earlier predictions did, as sentences."""

    @abstractmethod
    def difference(self, moved: float, outcome: Row) -> str:
        """By how much a prediction was moved, with its sign."""

    @abstractmethod
    def otherwise(self, row: Row, outcome: Row) -> dict[str, str]:
        """What is predicted for another value of a covariate: columns of a table."""

    def past(self, own: pd.DataFrame) -> str:
        """A sentence about the patient's earlier records; "" for none."""
        del own
        return ""

    def measured(self, values: pd.Series, outcome: Row) -> str:
        """A text alternative for the earlier values."""
        del values, outcome
        return ""

    @abstractmethod
    def value(self, measured: float | None, outcome: Row) -> str:
        """One measured value."""

    def unadapted(self, outcome: Row, prediction: Row) -> str:
        """The un-adapted prediction as text; "" for none."""
        del outcome, prediction
        return ""

    @abstractmethod
    def numbers(self, outcome: Row, prediction: Row, last: float | None) -> dict[str, str]:
        """Unit, last value, prediction, intervals and un-adapted prediction for the patient's table."""
