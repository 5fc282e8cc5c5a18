"""The lists of ``lists.json``: names, suburbs, streets and jobs of Australia and New Zealand."""

import json
from pathlib import Path

_READ = json.loads(Path(__file__).with_name("lists.json").read_text(encoding="utf-8"))

GIVEN: list[tuple[str, ...]] = [tuple(one.split("/")) for one in _READ["given"]]
"""A given name, and what its bearer is called as well."""
FAMILY: list[str] = _READ["family"]
SUBURBS: list[tuple[str, str, str]] = [tuple(one.split("|")) for one in _READ["suburbs"]]
"""Name, state, postcode."""
ROADS: list[str] = _READ["roads"]
ROAD_KINDS: dict[str, list[str]] = _READ["road_kinds"]
FIRST_WORDS: list[str] = _READ["first_words"]
SECOND_WORDS: list[str] = _READ["second_words"]
BUSINESSES: list[str] = _READ["businesses"]
FORMS: dict[str, list[str]] = _READ["forms"]
JOBS: list[str] = _READ["jobs"]
DESKS: list[str] = _READ["desks"]
HOSTS: list[str] = _READ["hosts"]
SOURCES: list[str] = _READ["sources"]
OWNERS: list[str] = _READ["owners"]
EMPTY: dict[str, list[str]] = _READ["empty"]
