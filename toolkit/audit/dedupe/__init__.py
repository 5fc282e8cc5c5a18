"""Duplicates and links in any tables, without an engagement."""
