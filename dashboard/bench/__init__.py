"""Measuring the dashboard: a release of simulated patients, served to a real browser."""
