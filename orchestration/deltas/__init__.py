"""Deliveries of changed patients only: which files are new, and the tables that all of them make."""
