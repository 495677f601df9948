"""Rules on typed columns: of rows, tables and deliveries, and the Great Expectations engine that runs row rules."""
