"""The words of ``words.toml``: of Spanish company and person names, of streets and of towns."""

import tomllib
from pathlib import Path
from typing import NamedTuple

_READ = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


class Town(NamedTuple):
    """A town under the names that it goes by, the official one first."""

    names: tuple[str, ...]
    province: str
    postcode: str
    dialling: str


def _entries(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in " ".join(text.split()).split(";"))


def _town(text: str) -> Town:
    names, province, postcode, dialling = text.split("|")
    return Town(tuple(names.split("/")), province, postcode, dialling)


def _listed(name: str) -> tuple[str, ...]:
    return _entries(_READ[name])


TOWNS = tuple(map(_town, _listed("towns")))
SURNAMES = _listed("surnames")
MEN = _listed("men")
WOMEN = _listed("women")
TRADES = _listed("trades")
SISTER_TRADES = _listed("sister_trades")
SAINTS = _listed("saints")
PLACES = _listed("places")
COINED_FIRST = _listed("coined_first")
COINED_MIDDLE = tuple(part.strip("_") for part in _listed("coined_middle"))
COINED_LAST = _listed("coined_last")
FRANCHISES = _listed("franchises")
BODIES = _listed("bodies")
STREET_NAMES = _listed("street_names")
ESTATES = _listed("estates")
PAYMENT = _listed("payment")
FREE_MAIL = _listed("free_mail")
SHORT = {word: _entries(short) for word, short in _READ["short"].items()}
STREET_KINDS = {kind: _entries(written) for kind, written in _READ["street_kinds"].items()}
LEDGER_STREET_KINDS: dict[str, str] = _READ["ledger_street_kinds"]
