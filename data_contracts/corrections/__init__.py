"""Decisions of people about held rows, put back into a delivery."""
