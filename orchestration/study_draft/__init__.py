"""A first study from a contract and, where they are given, the delivered files, for its author to edit."""
