"""The study-in-context core: a network pretrained on simulated studies, which reads a study as its context."""
