"""Pages that look at a whole cohort, or at the whole pipeline."""
