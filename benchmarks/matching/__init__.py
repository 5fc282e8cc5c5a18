"""Matching measured on labelled and generated data, beside its peers."""
