"""The version of the toolkit: it stands in results, so that a run is repeated where another version made it."""

__version__ = "0.1.0"
