"""One file per meaning that a column may have; a new file is found by itself."""
