"""What to connect, how, in which order, and how to see later that it brought what was promised."""
