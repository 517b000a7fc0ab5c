"""Rows for benchmarks: plausible records of each register, made by SQL alone."""
