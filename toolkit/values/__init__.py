"""One module per kind of value: parse, standardise, judge."""
