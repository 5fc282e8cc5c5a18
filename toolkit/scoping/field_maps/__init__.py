"""Which field of one system becomes which of another, how, and whether that survives on the data."""
