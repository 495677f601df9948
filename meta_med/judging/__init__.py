"""Scores held against each other: champion and baselines, patients helped and harmed, coverage, and the verdict."""
