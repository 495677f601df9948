"""Inputs and calls that once gave a wrong number or lost something silently: a row, a test and a result each."""
