"""Stages adapt and predict: newest records of each patient, guards that withhold, release frames."""
