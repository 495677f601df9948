"""Meta-SGD."""

from collections.abc import Sequence

from torch import nn

from meta_med.learners.optimization import OptimizationLearner
from meta_med.outcomes import Outcome


class MetaSGD(OptimizationLearner):
    """Meta-SGD: MAML that learns size and sign of the inner step for every single weight.

    Li, Zhou, Chen & Li 2017: theta' = theta - alpha * gradient, elementwise, alpha learned with theta.
    Options, shapes and equations: `OptimizationLearner`.
    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        layers: int | None = None,
        inner_steps: int = 1,
        cohort_steps: int = 1,
        step_size: float | None = None,
        shrink: bool = True,
        first_order: bool = False,
        student_t: bool = True,
        history: bool = False,
    ) -> None:
        super().__init__(
            outcomes,
            n_covariates,
            encoder,
            width=width,
            layers=layers,
            inner_steps=inner_steps,
            cohort_steps=cohort_steps,
            step_size=step_size,
            step_sizes="parameter",
            shrink=shrink,
            first_order=first_order,
            student_t=student_t,
            history=history,
        )
