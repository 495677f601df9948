"""What is measured for the documentation: speed against obvious code, and the papers' own problems."""

from meta_med.bench.loop import loop_loss

__all__ = ["loop_loss"]
