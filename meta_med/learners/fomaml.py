"""First-order MAML."""

from collections.abc import Sequence

from torch import nn

from meta_med.learners.optimization import OptimizationLearner
from meta_med.learners.step_sizes import StepSizes
from meta_med.outcomes import Outcome


class FOMAML(OptimizationLearner):
    """FOMAML: MAML whose inner gradients are constants for the weights they were taken at.

    Finn, Abbeel & Levine 2017 (section 5.2). Step sizes and kappa, which only scale those gradients, are still
    learned exactly. Options, shapes and equations: `OptimizationLearner`.
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
        step_sizes: StepSizes = "layer",
        shrink: bool = True,
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
            step_sizes=step_sizes,
            shrink=shrink,
            first_order=True,
            student_t=student_t,
            history=history,
        )
