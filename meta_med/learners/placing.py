"""One embedding of x for records and queries alike, so that equal inputs meet at the same place."""

from torch import Tensor, nn

from meta_med.learners.features import RecordFeatures
from meta_med.learners.option_ranges import check_ranges


class Placing(nn.Module):
    """h = relu(W x), `layers` times; the inputs themselves with none.

    With None one hidden layer on covariates (the second stands after what is read in the support), none on an
    encoder's embedding.

    Raises:
        ValueError: layers below 0 or width below 1.

    """

    def __init__(self, features: RecordFeatures, width: int, layers: int | None) -> None:
        super().__init__()
        depth = (1 if features.encoder is None else 0) if layers is None else layers
        check_ranges(at_least_0={"layers": depth}, at_least_1={"width": width})
        widths = [features.width, *[width] * depth]
        self.linears = nn.ModuleList(nn.Linear(widths[i], width) for i in range(depth))
        self.width = widths[-1]

    def forward(self, inputs: Tensor) -> Tensor:
        """(B, N, width) of inputs (B, N, features)."""
        for linear in self.linears:
            inputs = linear(inputs).relu_()
        return inputs
