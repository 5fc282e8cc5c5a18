"""By which approach each handoff is to be connected, and why."""
