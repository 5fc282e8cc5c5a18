"""Reads and writes what clients send: every cell as text first, every row accounted for."""
