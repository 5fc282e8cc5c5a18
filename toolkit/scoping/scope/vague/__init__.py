"""Words that promise nothing which can be checked, and systems without a name: one file for each language."""
