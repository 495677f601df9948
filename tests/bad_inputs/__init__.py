"""Corruptions of a valid table, and the outcome that a trustworthy gate gives each."""
