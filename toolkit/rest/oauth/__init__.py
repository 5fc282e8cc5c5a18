"""Tokens: asked for at the vendor, received by way of the browser, renewed by one process at a time."""
