"""Intervals of a forecast over time: calibrated for each horizon, on records that are predicted from that far before."""
