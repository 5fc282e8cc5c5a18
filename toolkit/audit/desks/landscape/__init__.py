"""The screen on which the landscape is drawn, listed and changed: what it shows, what may be changed, how it is saved."""
