"""Bayesian averaging over a library of course models, conditioned on other patients' whole series."""
