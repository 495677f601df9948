"""Few-shot learners of four families behind one interface."""

from meta_med.learners.registry import create, names, options

__all__ = ["create", "names", "options"]
