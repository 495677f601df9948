"""Who may see what: log-in, roles, and one function, `authorize`, in front of every read."""
