"""Calibration: intervals are widened or narrowed on patients set aside for it."""

from .stage_asset import stage_asset

calibrate = stage_asset("calibrate", "Conformal calibration by outcome and support size.")
