"""Business systems asked over their programming interfaces: read-only, paced, complete, resumable.

Slow to import (httpx): whoever needs it imports it inside a function.
"""
