"""Closed-form learners: Bayesian head, deep kernel and hierarchical mixed model, adapted by exact conditioning."""
