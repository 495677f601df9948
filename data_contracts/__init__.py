"""Data contracts: their rules, the gate that validates deliveries, the quarantine and the data-quality report."""
