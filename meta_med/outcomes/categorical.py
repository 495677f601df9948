"""A categorical outcome: a class, with logits as location; not available in studies (no forecast, no calibration)."""

from typing import TYPE_CHECKING

from meta_med.outcomes.kind import OutcomeKind

if TYPE_CHECKING:
    from torch import Tensor


class Categorical(OutcomeKind):
    """A class index in 0..n_classes-1; one target column and one logit for each class."""

    name = "categorical"
    is_class = True

    def check(self, outcome: str, n_classes: int | None) -> None:
        """At least two classes."""
        if n_classes is None or n_classes < 2:
            raise ValueError(f"outcome {outcome!r}: a categorical outcome needs n_classes >= 2")

    def width(self, n_classes: int | None) -> int:
        """One column for each class."""
        return n_classes or 2

    def targets(self, value: "Tensor", seen: "Tensor", width: int) -> "Tensor":
        """One-hot columns, by comparison: `one_hot` would read the labels and so synchronise the device."""
        import torch

        classes = torch.arange(width, device=value.device, dtype=value.dtype)
        one_hot = (value.unsqueeze(-1) == classes) & seen.unsqueeze(-1)
        return one_hot.to(value.dtype)

    def allowed(self, width: int) -> str:
        """Class indices."""
        return f"class indices in 0..{width - 1}"

    def invalid_targets(self, y: "Tensor", width: int) -> "Tensor":
        """Values other than whole numbers in 0..width-1."""
        return ~((y.round() == y) & (y >= 0) & (y < width))

    def expected(self, location: "Tensor") -> "Tensor":
        """Probabilities of the classes."""
        return location.softmax(-1)

    def location(self, expected: "Tensor") -> "Tensor":
        """Logarithms of the class probabilities."""
        return expected.log()

    def at_zero(self, width: int) -> float:
        """Equal probabilities."""
        return 1.0 / width

    def log_likelihood(
        self, y: "Tensor", location: "Tensor", scale: "Tensor | None", df: "Tensor | None"
    ) -> "Tensor":
        """Log-probability of the observed class."""
        del scale, df
        return location.log_softmax(-1).gather(-1, y.long())
