"""Model-based learners: memory-augmented network and neural process."""
