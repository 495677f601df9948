"""Stage episodes: scaled records, queries, and batches of support and query records."""

from meta_med.episodes.batch import EpisodeBatch, EpisodeSource, Records

__all__ = ["EpisodeBatch", "EpisodeSource", "Records"]
