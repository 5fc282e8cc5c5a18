"""The scope for a client: its page, and the workbook of field maps."""
