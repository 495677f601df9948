"""Closed-form learners: Bayesian head and deep kernel, adapted by exact conditioning."""
