"""One file per check, each exporting ``CHECK``; a file put here takes part without being named anywhere."""
