"""What a table is: what one row stands for, what each column means, what names a record, and how sure that is.

Pure: columns of text in, an ``Interpretation`` out. Nothing here reads a file, asks a person or knows a vendor.
"""
