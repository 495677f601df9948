"""Commands that keep an installation for years."""
