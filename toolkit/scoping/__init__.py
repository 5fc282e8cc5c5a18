"""What to connect, how, and in which order: from measured handoffs to a scope."""
