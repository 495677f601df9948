"""Bayesian averaging over course models, as a learner."""
