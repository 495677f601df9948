"""The pipeline as its notes and the store tell it: runs, freshness, deliveries, releases, model versions."""
