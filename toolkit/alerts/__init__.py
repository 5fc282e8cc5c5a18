"""Alerts: what people and programs are told when a list of jobs fails, is done in part, or does not run at all.

An alert holds counts, names of jobs, steps and systems, and exit codes: no text of a client's cell, and no secret.
"""
