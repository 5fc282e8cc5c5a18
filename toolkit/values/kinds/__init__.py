"""What values look like, one kind of value a file.

Each file has ``share(sample)``: how much of a column looks like this kind, 0 to 1. A value that fits several kinds counts in
each as far as it fits, so that shares are compared over the whole column and never decide alone.
"""
