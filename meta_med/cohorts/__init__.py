"""Stage cohorts: valid tables become records with a cohort each, split by person."""
