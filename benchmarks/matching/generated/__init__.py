"""Data with known truth, made from a seed: business parties, persons, papers, products, small tables."""
