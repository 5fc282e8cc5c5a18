"""What is agreed on: what is in, out and later, how it is accepted, and what a change of it costs."""
