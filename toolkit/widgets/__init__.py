"""Screens for JupyterLab: each draws what a desk tells it, and shows as saved only what the desk has acknowledged.

A screen is a page (JavaScript and CSS under ``page/``, read as they are: no build, nothing from elsewhere) and a class here.
What it shows and keeps is the business of a desk, which knows no browser: ``toolkit.audit.desks`` has one for each.
"""
