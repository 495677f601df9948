"""Texts of how it did for a patient, and of why a prediction is as it is."""
