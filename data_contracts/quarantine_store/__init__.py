"""The quarantine that lasts: every held row with its reasons, what people decided about it, and a journal."""
