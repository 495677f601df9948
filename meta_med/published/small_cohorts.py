"""The fewest patients of a cohort whose figures are published and shown under its name."""

from meta_med.enough import needed

LEAST_PATIENTS = needed("show a cohort")
