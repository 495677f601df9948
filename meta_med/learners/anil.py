"""Almost no inner loop."""

from meta_med.learners.optimization import OptimizationLearner


class ANIL(OptimizationLearner):
    """ANIL: MAML whose inner steps move the last layer alone; encoder and hidden layers are shared features.

    Raghu, Raghu, Bengio & Vinyals 2020 (Rapid learning or feature reuse?). Options, shapes and equations:
    `OptimizationLearner`. Batch normalisation in an encoder works as that module says (running statistics
    once it is in evaluation mode), because all tasks share the encoder.
    """

    head_only = True
