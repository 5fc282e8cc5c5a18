"""The sample client over interfaces: pulled from stand-ins of its systems, cleaned up over them, and taken back."""
