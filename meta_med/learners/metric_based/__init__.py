"""Metric-based learners: prototypical and siamese networks."""
