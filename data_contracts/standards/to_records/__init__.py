"""Builds records from the events of any standard."""
