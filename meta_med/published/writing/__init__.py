"""Parts of publication: who publishes, and how rows come into the store."""
