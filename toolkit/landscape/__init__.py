"""Systems, people and the handoffs between them."""
