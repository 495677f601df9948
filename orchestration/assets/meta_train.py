"""Meta-training: every learner of the study, the baselines beside them."""

from .stage_asset import stage_asset

meta_train = stage_asset("meta_train", "Learners trained over all cohorts, and the baselines.")
