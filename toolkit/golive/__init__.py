"""Before a client relies on an integration: is what it makes what people made by hand, and may the hand stop."""
