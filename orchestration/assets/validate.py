"""Validate: valid rows go on, quarantined rows stand aside with file, line and rule."""

from .stage_asset import stage_asset

validate = stage_asset(
    "validate", "Rows that keep the contract's promises, rows held back, and the data-quality report."
)
