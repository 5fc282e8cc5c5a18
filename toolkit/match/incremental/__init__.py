"""A snapshot matched by what changed since the one before."""
