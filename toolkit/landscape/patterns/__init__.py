"""One file a pattern: a handoff, or a chain of them, that many clients have. A file that is added is found."""
