"""Small tables of other worlds than the generated parties: what stated probabilities are fitted to beside those."""
