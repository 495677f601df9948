"""Predictors without meta-learning, beside every learner in every table."""
