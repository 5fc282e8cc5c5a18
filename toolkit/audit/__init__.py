"""One module per stage of the audit: read tables, call the core, write tables."""
