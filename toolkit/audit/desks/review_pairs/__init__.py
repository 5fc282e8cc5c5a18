"""Reviewing duplicates: pairs and groups of records, what speaks for and against each, and what a person says of it."""
