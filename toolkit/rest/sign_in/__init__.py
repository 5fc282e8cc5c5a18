"""Ways to sign in, one file each: a file that exports ``WAY`` is one."""
