"""Texts about who may see what: log-in and refusals, the audit, and feedback."""
