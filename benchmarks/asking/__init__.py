"""Pulling over an interface, measured against other ways of doing the same."""
