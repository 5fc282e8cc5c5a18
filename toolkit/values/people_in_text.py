"""People named in free text: in file names, accounts, reasons.

A name is a given name that many bear with a family name behind it, initials with one, or "Last, First". What may be a
company's is none.
"""

import re
from collections.abc import Callable

from toolkit.values.company_name import is_company_like
from toolkit.values.given_name import KNOWN_GIVEN_NAMES
from toolkit.values.known_names import known_family_names, known_given_names
from toolkit.values.months import usual_months
from toolkit.values.text import folded, word_set

_PARTICLE = (
    r"(?:van|von|vom|zu|zum|zur|de|den|der|del|della|di|da|do|dos|das|du|la|le|ter|ten|bin|ibn|al|el|st\.?|mac|mc|o')"
)
_WORD = r"[^\W\d_](?:['’][^\W\d_]{2,}|[^\W\d_'’]+)(?:['’\-][^\W\d_]+)*"
_GAP = r"[ _.\-]{1,2}"
_LATER = r"(?i:jr|sr|ii|iii|iv|junior|senior)\b\.?"
_RUN = re.compile(
    rf"{_WORD}(?:{_GAP}(?:{_PARTICLE}|[^\W\d_]\.?|{_WORD})(?![^\W\d_]|['’][^\W\d_]{{2}})){{1,40}}", re.IGNORECASE
)
_INITIALS = re.compile(rf"\b(?:[A-Z]\.[ ]?){{1,3}}(?:{_PARTICLE} )*[A-Z]{_WORD}(?: {_LATER})?")
_LAST_FIRST = re.compile(rf"\b({_WORD}), ({_WORD})\b")

_ORDINARY = word_set(
    """
    date list price street number amount total report reports invoice invoices bill bills payment payments sale sales order
    orders name names account accounts line lines summary aging statement sheet file files export time data city address
    phone email due type status terms back call mark max server come else value size limit text
    """
)
"""Words that are names too, and in a file's name or a column's hardly ever are."""
_SHORTEST_GIVEN, _SHORTEST_FAMILY = 4, 3


def with_people(text: str, shown: Callable[[str], str]) -> str:
    """Return a text where what ``shown`` makes of it stands for each name of a person; it gets first and last name.

    Examples
    --------
    >>> with_people("Tracker of Ludwig van der Zande.csv", lambda name: f"<{name}>")
    'Tracker of <Ludwig van der Zande>.csv'
    >>> with_people("paid to Miller, Dana by J.R. Ewingham III", str.upper)
    'paid to DANA MILLER by J EWINGHAM'
    >>> with_people("All Companies April 2026, of Grant Lumber LLC", lambda name: "")
    'All Companies April 2026, of Grant Lumber LLC'
    """
    plain = _INITIALS.sub(lambda found: shown(f"{found.group()[0]} {_family(found.group())}"), text)
    plain = _LAST_FIRST.sub(
        lambda found: shown(f"{found[2]} {found[1]}") if _is_name(found[2], found[1]) else found[0], plain
    )
    return _RUN.sub(lambda found: _replaced(found.group(), shown), plain)


def _family(name: str) -> str:
    """Return the last word of a name but for what tells father from son."""
    words = re.sub(rf" {_LATER}$", "", name, flags=re.IGNORECASE)
    return words.split()[-1].split(".")[-1]


def _replaced(run: str, shown: Callable[[str], str]) -> str:
    """Return words in a row with the name among them replaced, if there is one."""
    tail = run[len(run.rstrip(" _.-")) :]
    pieces = re.split(r"([ _.\-]+)", run.removesuffix(tail))
    words, gaps = pieces[::2], [*pieces[1::2], tail]
    if is_company_like(" ".join(words)):
        return run
    for start in range(len(words) - 1):
        end = _name_end(words, start)
        if end:
            before = "".join(word + gap for word, gap in zip(words[:start], gaps[:start], strict=True))
            after = "".join(gap + word for gap, word in zip(gaps[end - 1 :], [*words[end:], ""], strict=True))
            return f"{before}{shown(' '.join(words[start:end]))}{after}"
    return run


def _name_end(words: list[str], start: int) -> int:
    """Return where the name that begins at a word ends; 0 where none does."""
    given = folded(words[start])
    if not _is_given(given) or given in usual_months():
        return 0
    end = start + 1
    while end < len(words) - 1 and (len(words[end]) == 1 or re.fullmatch(_PARTICLE, words[end], re.IGNORECASE)):
        end += 1
    family = re.sub("['’]", "", folded(words[end]))
    if family in _ORDINARY or len(family) < _SHORTEST_FAMILY or words[start].isupper() != words[end].isupper():
        return 0
    is_capitalised = words[start][0].isupper() and words[end][0].isupper()
    if not is_capitalised:
        is_sure = family in known_family_names() and len(given) >= _SHORTEST_GIVEN and given not in _ORDINARY
        return end + 1 if is_sure and len(family) >= _SHORTEST_GIVEN else 0
    has_particle = end > start + 1
    return end + 1 if family in known_family_names() or has_particle or given in KNOWN_GIVEN_NAMES else 0


def _is_name(given: str, family: str) -> bool:
    """Return whether "Last, First" is a person."""
    first = folded(given)
    is_capitalised = given[0].isupper() and family[0].isupper() and given.isupper() == family.isupper()
    is_known = _is_given(first) and first not in usual_months()
    return is_capitalised and is_known and folded(family) not in _ORDINARY and not is_company_like(family)


def _is_given(name: str) -> bool:
    # Asked one after the other: a set of both would be made anew for every word.
    return name in KNOWN_GIVEN_NAMES or name in known_given_names()
