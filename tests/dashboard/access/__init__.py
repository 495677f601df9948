"""Who may see what: log-in, roles, the audit, and the cases of security."""
