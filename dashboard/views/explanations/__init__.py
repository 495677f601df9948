"""Sections of the patient page that look behind a prediction: how it did so far, and why it is as it is."""
