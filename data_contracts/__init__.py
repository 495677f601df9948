"""What the tables promise: contracts, checks, quarantine and the data-quality report."""
