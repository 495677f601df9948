"""Intervals of a forecast over time: calibrated for each horizon, on records predicted from that far before."""
