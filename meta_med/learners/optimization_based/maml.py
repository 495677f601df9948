"""MAML and its presets: first order, last layer only, one step size per weight."""

from meta_med.learners.built_in_options import ANILOptions, FOMAMLOptions, MetaSGDOptions
from meta_med.learners.optimization_based.optimization import OptimizationLearner


class MAML(OptimizationLearner):
    """MAML: gradients of the query loss through the inner steps, second order by default.

    Finn, Abbeel & Levine 2017; step sizes are learned per layer and step as in Antoniou et al. 2019 (MAML++).
    Shapes and equations: `OptimizationLearner`.
    """


class FOMAML(OptimizationLearner):
    """FOMAML: MAML whose inner gradients are constants for the outer gradient.

    Finn, Abbeel & Levine 2017 (section 5.2). Step sizes and kappa, which only scale those gradients, are still
    learned exactly. Shapes and equations: `OptimizationLearner`.
    """

    Options = FOMAMLOptions


class ANIL(OptimizationLearner):
    """ANIL: MAML whose inner steps update the last layer only; encoder and hidden layers are shared features.

    Raghu, Raghu, Bengio & Vinyals 2020 (Rapid learning or feature reuse?). Shapes and equations:
    `OptimizationLearner`. Batch normalisation in an encoder uses running statistics, which are updated in training
    steps only (`masked_norm`).
    """

    Options = ANILOptions


class MetaSGD(OptimizationLearner):
    """Meta-SGD: MAML that learns size and sign of the inner step per weight.

    Li, Zhou, Chen & Li 2017: theta' = theta - alpha * gradient, elementwise, alpha learned with theta.
    Shapes and equations: `OptimizationLearner`.
    """

    Options = MetaSGDOptions
