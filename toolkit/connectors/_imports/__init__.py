"""What each vendor's import from a file takes, and what a person does in the product where no file does it."""
