"""Real, public patient tables included in the package; see SOURCE.md of each folder."""
