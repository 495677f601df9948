"""The wiring: real runs, the command, what starts a run."""
