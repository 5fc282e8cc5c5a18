"""How fast screens are, and that nothing is lost at them: in a real JupyterLab, in Chromium."""
