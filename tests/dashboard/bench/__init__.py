"""The bench of the dashboard."""
