"""What stands guard: over each patient that is served, and over every run."""
