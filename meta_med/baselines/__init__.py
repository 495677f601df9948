"""Predictors without meta-learning, which every table compares with the learners."""
