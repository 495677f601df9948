"""The audit: who saw what, when, in which role, as a chain of entries that is only added to; and readers' feedback."""
