"""From scored pairs and decisions to clusters and links."""
