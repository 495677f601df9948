"""Inputs and calls that once gave a wrong number or lost something without a word: each has a row, a test and a result."""
