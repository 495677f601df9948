"""Aggregates of a release by cohort: distributions, figures of the evaluation, and which cohorts are alike."""
