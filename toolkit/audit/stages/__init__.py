"""One file per stage: read tables, call the core, write tables."""
