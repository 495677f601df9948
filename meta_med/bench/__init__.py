"""Benchmarks of the documentation: speed against straightforward code, and the problems of the papers."""

from meta_med.bench.loop import loop_loss

__all__ = ["loop_loss"]
