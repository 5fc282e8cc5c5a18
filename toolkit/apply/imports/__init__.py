"""A plan as files that the client imports, with those that take it back, and the list of what is done by hand."""
