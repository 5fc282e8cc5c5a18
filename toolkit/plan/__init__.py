"""Decides what to change in a client's systems, and why; sends nothing.

Tables in, changes out: no disk, no clock, no settings file. What the rules cannot decide is left out and said.
"""
