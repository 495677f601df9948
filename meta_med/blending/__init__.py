"""Weights of predictors from few tuning patients: outcomes and strata borrow from each other."""
