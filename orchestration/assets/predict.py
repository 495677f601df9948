"""Prediction: the next visit of each current patient, or the reason why it is withheld."""

from .stage_asset import stage_asset

predict = stage_asset("predict", "Adapted and un-adapted predictions with their intervals.")
