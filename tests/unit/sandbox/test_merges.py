"""A stand-in merges as its vendor does: the record that stays has a new id, both old ones lead to it, references move."""

from tests.contract.test_asked_connectors import example
from tests.unit.sandbox.test_changes import WRITING, ask, changing, listed
