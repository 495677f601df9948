"""Adaptation: the shared model moved to each current patient by their own records."""

from .stage_asset import stage_asset

adapt = stage_asset("adapt", "One adapted model per current patient.")
