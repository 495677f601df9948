"""Benchmarks compare like with like, and run."""
