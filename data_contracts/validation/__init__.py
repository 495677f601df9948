"""One delivery through all steps, and its result: quarantined rows and findings."""
