"""Cluster ids that last, and what became of each."""
