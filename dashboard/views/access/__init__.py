"""Pages about who may see what: refusals and log-in, the audit, feedback."""
