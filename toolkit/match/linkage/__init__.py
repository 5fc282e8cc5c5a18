"""The model: which pairs are compared, how they are graded and weighed, and what that means."""
