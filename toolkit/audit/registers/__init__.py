"""One file a register of the landscape; a file that is added is found."""
