"""What every entity keeps: each file of the folder."""

import sys
from collections import Counter

import pytest

from toolkit.interpret.column_scores import entity_kinds, semantic_types
from toolkit.interpret.concepts import CONCEPTS
from toolkit.interpret.entity_kind import CANNOT, NOT_OF_IT, EntityKind
from toolkit.interpret.observed import LOOKS
from toolkit.tables import ENTITY_SCHEMAS

EVERY = pytest.mark.parametrize("kind", entity_kinds(), ids=lambda kind: kind.entity)
MEANINGS = {one.meaning for one in semantic_types()}


@EVERY
def test_an_entity_has_a_table_or_is_other(kind: EntityKind) -> None:
    """What is recognised can be kept; what the audit has no table for is ``other``."""
    assert kind.entity in {*ENTITY_SCHEMAS, "other"}


@EVERY
def test_columns_are_known_meanings(kind: EntityKind) -> None:
    """A meaning that has no file could never be found."""
    assert {*kind.columns, *kind.cannot} <= MEANINGS


@EVERY
def test_what_an_entity_cannot_have_it_does_not_list(kind: EntityKind) -> None:
    """Both at once would say nothing; what it cannot have weighs most against a column."""
    assert not {*kind.columns} & {*kind.cannot}
    assert all(kind.allows(meaning) == CANNOT for meaning in kind.cannot)


@EVERY
def test_signs_and_nouns_are_notions_that_exist(kind: EntityKind) -> None:
    """Among the notions a sign may ask for are the entity's own nouns."""
    named = {notion for here, there, _ in kind.parsed for notion in here | there}

    assert named | {*kind.nouns} <= set(CONCEPTS)
    assert all(here for here, _, _ in kind.parsed)


@EVERY
def test_needs_are_kinds_of_values_that_are_tested(kind: EntityKind) -> None:
    """No column could have values of a kind that nobody tests."""
    assert {*kind.needs} <= set(LOOKS)


@EVERY
def test_every_entity_says_what_it_is(kind: EntityKind) -> None:
    """The file is called after the entity; its first line and its label tell a person."""
    module = sys.modules[f"toolkit.interpret.entities.{kind.entity}"]

    assert module.__doc__ is not None
    assert module.__doc__.strip().endswith(".")
    assert kind.label == kind.label.strip() != ""


def test_every_entity_is_there_once() -> None:
    """And no two are shown by one label."""
    for counts in (Counter(one.entity for one in entity_kinds()), Counter(one.label for one in entity_kinds())):
        assert max(counts.values()) == 1


@EVERY
def test_a_column_that_says_nothing_costs_nothing(kind: EntityKind) -> None:
    """Every export has such columns; a meaning that an entity does not name costs something."""
    unnamed = next(iter(sorted(MEANINGS - {*kind.columns} - {*kind.cannot} - {"none"})))

    assert kind.allows("none") == kind.columns.get("none", 0.0)
    assert kind.allows(unnamed) == NOT_OF_IT
