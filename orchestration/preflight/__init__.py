"""Preflight, before anything is computed: can home, store, space and clocks be used by a run"""
