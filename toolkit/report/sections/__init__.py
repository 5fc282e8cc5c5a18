"""The report's sections, one a file: each exports ``SECTION`` and only formats what a run's tables hold."""
