"""The quarantine on disk: every held row with its reasons, the decisions about it, and a journal."""
