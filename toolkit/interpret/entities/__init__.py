"""One file per thing that a table may list; a new file is found by itself."""
