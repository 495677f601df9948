"""What a monitoring system reads: Prometheus metrics, and logs in JSON. Counts, times, names and hashes only."""
