"""What matched records say about their systems: differences, gaps, counterparts, lags."""
