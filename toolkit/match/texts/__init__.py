"""Texts side by side: their words, their spelling, what they have in common."""
