"""Real, public patient tables that travel with the package; see each folder's SOURCE.md."""
