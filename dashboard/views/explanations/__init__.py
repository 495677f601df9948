"""Sections of the patient page that look behind a prediction: how it did so far, why it is so, and similar patients."""
