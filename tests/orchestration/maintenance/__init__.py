"""Tests of orchestration.maintenance."""
