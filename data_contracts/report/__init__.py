"""The data-quality report: one self-contained HTML page, and the same content as JSON."""
