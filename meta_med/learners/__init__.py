"""Few-shot learners of three families, one interface."""

from meta_med.learners.registry import create, names, options

__all__ = ["create", "names", "options"]
