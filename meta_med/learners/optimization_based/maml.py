"""MAML and its presets: first order, last layer alone, a step size for each weight."""

from meta_med.learners.built_in_options import ANILOptions, FOMAMLOptions, MetaSGDOptions
from meta_med.learners.optimization_based.optimization import OptimizationLearner


class MAML(OptimizationLearner):
    """MAML: gradients of the query loss through the inner steps, second order by default.

    Finn, Abbeel & Levine 2017; step sizes learned for each layer and step as in Antoniou et al. 2019 (MAML++).
    Shapes and equations: `OptimizationLearner`.
    """


class FOMAML(OptimizationLearner):
    """FOMAML: MAML whose inner gradients are constants for the weights they were taken at.

    Finn, Abbeel & Levine 2017 (section 5.2). Step sizes and kappa, which only scale those gradients, are still
    learned exactly. Shapes and equations: `OptimizationLearner`.
    """

    Options = FOMAMLOptions


class ANIL(OptimizationLearner):
    """ANIL: MAML whose inner steps move the last layer alone; encoder and hidden layers are shared features.

    Raghu, Raghu, Bengio & Vinyals 2020 (Rapid learning or feature reuse?). Shapes and equations:
    `OptimizationLearner`. Batch normalisation in an encoder is that of one that all tasks share (`masked_norm`):
    by running statistics, which move in training steps alone.
    """

    Options = ANILOptions


class MetaSGD(OptimizationLearner):
    """Meta-SGD: MAML that learns size and sign of the inner step for every single weight.

    Li, Zhou, Chen & Li 2017: theta' = theta - alpha * gradient, elementwise, alpha learned with theta.
    Shapes and equations: `OptimizationLearner`.
    """

    Options = MetaSGDOptions
