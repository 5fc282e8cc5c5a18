"""Which system is right: the matrix of masters, what each policy would settle, how far systems agree with their master."""
