"""Course models in closed form, the parts of the hierarchical mixed model: library, cohort, own course, mixture."""
