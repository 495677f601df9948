"""Almost no inner loop."""

from meta_med.learners.optimization import OptimizationLearner


class ANIL(OptimizationLearner):
    """ANIL: MAML whose inner steps move the last layer alone; encoder and hidden layers are shared features.

    Raghu, Raghu, Bengio & Vinyals 2020 (Rapid learning or feature reuse?). Options, shapes and equations:
    `OptimizationLearner`. Batch normalisation in an encoder is that of one that all tasks share (`masked_norm`):
    by running statistics, which move in training steps alone.
    """

    head_only = True
