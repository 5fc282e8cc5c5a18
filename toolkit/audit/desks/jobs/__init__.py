"""Screens about jobs: a plan that is agreed to, a job or a pull as it runs."""
