"""The revisions, oldest first; each is one file."""
