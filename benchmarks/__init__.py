"""What the toolkit takes: each file prints a table of times and memory, and never fails."""
