"""Learners and baselines of other distributions: found by their entry points, told apart by their code."""
