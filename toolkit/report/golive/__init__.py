"""What a client and an auditor read of a parallel run and of a cut-over."""
