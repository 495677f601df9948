"""Migrations of the published store: its revisions, run by Alembic in one transaction."""
