"""Which records are one thing: blocking, comparing, weighing, deciding, explaining."""
