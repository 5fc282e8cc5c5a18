"""One module per system, which describes it as data."""
