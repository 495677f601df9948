"""Model-agnostic meta-learning."""

from meta_med.learners.optimization import OptimizationLearner


class MAML(OptimizationLearner):
    """MAML: gradients of the query loss through the inner steps, second order by default.

    Finn, Abbeel & Levine 2017; step sizes learned for each layer and step as in Antoniou et al. 2019 (MAML++).
    Options, shapes and equations: `OptimizationLearner`.
    """
