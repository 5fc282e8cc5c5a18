"""Carries out an approved plan, and decides nothing: what it does is in the plan, or it is not done.

Over an interface here, one change after the other; as files to import in ``imports/``.
"""
