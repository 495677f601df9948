"""What is wrong with records that a learner cannot use. Messages hold names, counts and shapes, never a value."""

from torch import Tensor

from meta_med.study import ModelFailure


class InvalidInput(ModelFailure, ValueError):
    """Records that a learner cannot use; the message names the tensor, what is expected and what was given."""


class WrongShape(InvalidInput):
    """Shapes that do not fit together."""


class WrongType(InvalidInput):
    """Not a tensor, or a tensor of another dtype than expected."""


class WrongDevice(InvalidInput):
    """A tensor on another device than the learner's parameters."""


class NotFinite(InvalidInput):
    """NaN or infinity where a mask marks a value as observed.

    Attributes:
        records: "context", "support" or "query"; rows: (B,) bool, the rows that hold one.

    """

    def __init__(self, message: str, records: str, rows: Tensor) -> None:
        super().__init__(message)
        self.records, self.rows = records, rows


class UnknownLabel(InvalidInput):
    """A value that the outcome's kind does not allow, such as a class index outside 0..n_classes-1."""


class UnknownCohort(InvalidInput):
    """A cohort index that the context does not have."""


class NotBeforePrediction(InvalidInput):
    """Context or support records at or after what is predicted: a leak from the future."""


class NotFinitePrediction(InvalidInput):
    """Finite records for which a prediction overflows to NaN or infinity.

    Attributes:
        rows: (B,) bool, the subjects concerned.

    """

    def __init__(self, message: str, rows: Tensor) -> None:
        super().__init__(message)
        self.rows = rows


class EmptyQuery(InvalidInput):
    """Nothing to predict: Q = 0."""
