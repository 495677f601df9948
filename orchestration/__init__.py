"""The wiring: Dagster definitions, studies and the meta-med command."""
