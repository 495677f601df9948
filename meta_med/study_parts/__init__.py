"""Parts of a study as dataclasses: its source tables, and its protocol."""
