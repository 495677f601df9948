"""Keeping an installation for years: backup and restore, retention."""
