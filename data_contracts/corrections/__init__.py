"""Decisions of people about held rows, and their application to a delivery."""
