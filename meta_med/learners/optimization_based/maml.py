"""Model-agnostic meta-learning.

First-order MAML.

Almost no inner loop.

Meta-SGD.
"""

from collections.abc import Sequence

from torch import nn

from meta_med.learners.optimization_based.inner_loop import StepSizes
from meta_med.learners.optimization_based.optimization import OptimizationLearner
from meta_med.outcomes import Outcome


class MAML(OptimizationLearner):
    """MAML: gradients of the query loss through the inner steps, second order by default.

    Finn, Abbeel & Levine 2017; step sizes learned for each layer and step as in Antoniou et al. 2019 (MAML++).
    Options, shapes and equations: `OptimizationLearner`.
    """


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


class ANIL(OptimizationLearner):
    """ANIL: MAML whose inner steps move the last layer alone; encoder and hidden layers are shared features.

    Raghu, Raghu, Bengio & Vinyals 2020 (Rapid learning or feature reuse?). Options, shapes and equations:
    `OptimizationLearner`. Batch normalisation in an encoder is that of one that all tasks share (`masked_norm`):
    by running statistics, which move in training steps alone.
    """

    head_only = True


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
