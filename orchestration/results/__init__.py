"""Pages of results: what `meta-med evaluate --all` writes, one page and its pictures a study, and the summary."""
