"""The screen on which inputs of the business case are moved: their rows, the case that follows, and what is saved."""
