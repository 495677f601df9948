"""Shared by all standards: files as streams, times, people, visits, and the ledger."""
