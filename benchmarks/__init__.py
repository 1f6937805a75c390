"""Measurements on the published files, each beside its floor: ``python -m benchmarks``."""
