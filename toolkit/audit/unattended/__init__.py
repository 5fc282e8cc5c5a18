"""Lists of jobs that a scheduler runs, and what is told of them. Nothing here agrees to anything for a person."""
