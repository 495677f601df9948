"""Simulated studies: courses of patients from broad priors, their measurement, lenders and predicted patients."""
