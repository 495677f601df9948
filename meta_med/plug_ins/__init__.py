"""Learners and baselines of other distributions: found by their entry points, identified by a hash of their code."""
