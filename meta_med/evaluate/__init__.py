"""Stage evaluate: the table of metrics, leakage checks, and uncertainty over patients."""
