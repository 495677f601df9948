"""Stage meta_train: the outer loop, its resumption, and the fitted predictors."""

from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, meta_train

__all__ = ["MetaTrainConfig", "Trained", "meta_train"]
