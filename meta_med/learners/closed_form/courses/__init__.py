"""Course models in closed form, the parts of the hierarchical mixed model: library, cohort, subject, mixture, classes."""
