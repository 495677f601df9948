"""Texts of the pages that look at a whole cohort, or at the whole pipeline."""
