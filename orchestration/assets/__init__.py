"""The stages as Dagster assets (`stages`), the factory that makes them, and their metadata."""
