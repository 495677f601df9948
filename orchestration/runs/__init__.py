"""A run folder: its name, its markers, its copies, and what stages left in it."""
