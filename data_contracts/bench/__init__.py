"""Benchmark of the gate: synthetic visits, validated in fresh processes and compared with plain Great Expectations."""
