"""Patients drawn from broad priors: what a network may learn of own records before it has seen a real one."""

from meta_med.pretraining.patients import SimulatedPatients, draw_patients

__all__ = ["SimulatedPatients", "draw_patients"]
