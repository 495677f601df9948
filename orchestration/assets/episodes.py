"""Episodes: draws of context, support and query, as columns."""

from .stage_asset import stage_asset

episodes = stage_asset("episodes", "What meta-training will draw episodes from.")
