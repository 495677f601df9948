"""Optimization-based learners: MAML, FOMAML, ANIL, Meta-SGD and Reptile, and their inner loop."""
