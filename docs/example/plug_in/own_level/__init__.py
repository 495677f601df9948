"""A learner and a baseline that another distribution adds to Meta-Med."""
