"""What is checked on typed columns: row, table and delivery rules, and the Great Expectations engine."""
