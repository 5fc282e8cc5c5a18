"""Interview guides by role: what to ask whom, of what is still unknown, a sheet to time a day with, and the answers."""
