"""The audit: its chain, its export."""
