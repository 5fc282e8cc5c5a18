"""Other matching tools, each set up as its own guide says, run in an environment of their own.

Versions: splink 5.0, dedupe 3.0, recordlinkage 0.16, string-grouper 0.8 (``requirements.txt`` beside this file).
Nothing here imports the toolkit, nor is anything here set to one set of data: a column is compared by what it holds.
"""
