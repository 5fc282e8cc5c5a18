"""How a value of one system becomes a value of another: one file for each way, each with its way back."""
