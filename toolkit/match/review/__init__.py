"""What is asked of a person about pairs, and what the answers say."""
