"""Stage cohorts: valid tables become records with a cohort each, and a split by person."""
