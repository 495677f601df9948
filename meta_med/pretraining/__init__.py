"""Pretraining on simulated patients from broad priors, before any real patient is seen."""

from meta_med.pretraining.patients import SimulatedPatients, draw_patients

__all__ = ["SimulatedPatients", "draw_patients"]
