"""A model version: all that serving needs of a training, as one sealed folder; and its comparison with another."""
