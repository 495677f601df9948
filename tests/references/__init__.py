"""Plain, unbatched versions of the learners, and the claim that both agree."""
