"""Faults: each known one injected, and the invariants that hold after it."""
