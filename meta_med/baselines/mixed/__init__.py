"""Mixed models by likelihood: linear ones, ones with serial correlation, logistic ones, and cohorts of their own."""
