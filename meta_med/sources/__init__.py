"""From the columns of source tables to what a record holds: rows asked about, covariates, doses."""
