"""What a release holds: its rows as typed columns, checked against the published tables, and their hash."""
