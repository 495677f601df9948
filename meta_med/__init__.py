"""Meta-learning across patient cohorts, adapted to one patient from a few of their own records."""

__version__ = "0.1.0"
