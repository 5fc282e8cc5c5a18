"""A Spanish supplier master, generated with its truth; nothing is shared with any other generator."""
