"""The published store, both sides: what a release is, writing one, reading one."""
