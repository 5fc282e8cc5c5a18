"""A suggested field map for a table that no connector knows: what it holds, and which column is what.

Header names and values both speak: a header gives a column its meaning, the values must allow it, and values alone may be
enough (an e-mail address looks like one). It is a suggestion: a person confirms it in ``engagement.yaml``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.connector import Stream, configured_stream
from toolkit.files.column_looks import Looks, column_looks
from toolkit.files.meanings import COLUMN_WORDS, ENTITY_COLUMNS, ENTITY_WORDS, PLURALS
from toolkit.files.raw import RawTable

_MIN_SCORE = 0.45
_ALIKE_SHARE = 0.6

# Which look a column must have, and in what share of its values at least.
_SHAPED = {"email": ("email", 0.5), "phone": ("phone", 0.3), "website": ("url", 0.5), "postcode": ("postcode", 0.3)}
_WORDS = frozenset({"name", "party_name", "company_name", "description", "given_name", "family_name"})
_FEW = frozenset({"department", "status", "method", "kind"})


@dataclass(frozen=True, slots=True)
class SuggestedField:
    """A canonical column, the header it is read from, how sure that is (0 to 1) and why."""

    column: str
    header: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a table seems to hold. ``key`` is the header of a column that names its rows; empty where none does."""

    entity: str
    score: float
    reason: str
    fields: tuple[SuggestedField, ...]
    key: tuple[str, ...]

    def header_of(self, column: str) -> str | None:
        """Return the header suggested for a canonical column."""
        return next((one.header for one in self.fields if one.column == column), None)


@dataclass(frozen=True, slots=True)
class SuggestedStream:
    """Files whose suggestions agree, as one stream: ``members`` are their places in the sequence that was given."""

    name: str
    entity: str
    members: tuple[int, ...]
    fields: dict[str, tuple[str, ...]]
    key: tuple[str, ...]

    def stream(self, *, roles: Sequence[str] = ()) -> Stream:
        """Return the stream that reads those files."""
        return configured_stream(self.name, self.entity, self.fields, key=self.key, roles=roles)


def suggested_fields(raw: RawTable, entity: str | None = None) -> Suggestion:
    """Return the suggested field map of a table.

    Parameters
    ----------
    raw
        The table as read.
    entity
        What it holds, where a person has said so.
    """
    looks = {index: column_looks(raw.rows[f"c{index}"]) for index in range(len(raw.headers)) if raw.headers[index]}
    words = {index: _phrase(raw.headers[index]) for index in looks}
    found, score, reason = (entity, 1.0, "given") if entity else _suggested_entity(words, looks)
    fields = _assigned(raw, found, words, looks)
    return Suggestion(found, score, reason, fields, _key(raw, fields, looks))


def same_streams(suggestions: Sequence[Suggestion], files: Sequence[str] = ()) -> tuple[SuggestedStream, ...]:
    """Return the streams that several files make up: files whose suggestions agree are one stream.

    They agree when they hold the same entity and most canonical columns of the smaller are in the other; headers may
    differ, as between two generations of one export.

    Parameters
    ----------
    suggestions
        One for each file.
    files
        Their names, for the stream's name; otherwise it is named after its entity.
    """
    groups: list[list[int]] = []
    for place, one in enumerate(suggestions):
        home = next((group for group in groups if _agree(suggestions[group[0]], one)), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    streams: list[SuggestedStream] = []
    for group in groups:
        members = [suggestions[place] for place in group]
        wanted = _common_name([files[place] for place in group]) if files else ""
        name = _unused(wanted or PLURALS[members[0].entity], {one.name for one in streams})
        streams.append(SuggestedStream(name, members[0].entity, tuple(group), _merged_fields(members), _merged_key(members)))
    return tuple(streams)


def _phrase(header: str) -> str:
    """Return a header as lower-case words: ``DatePaid`` and ``date_paid`` are "date paid"."""
    spaced = re.sub("[$£€]", " amount ", header)
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\W]+", " ", spaced)
    return " ".join(spaced.lower().split())


def _suggested_entity(words: dict[int, str], looks: dict[int, Looks]) -> tuple[str, float, str]:
    has_amount = any(one.amount > 0.8 and one.fill > 0.3 and _is_money(words[index], one) for index, one in looks.items())
    scores: dict[str, float] = {}
    said: dict[str, list[str]] = {}
    for entity, weights in ENTITY_WORDS.items():
        for word, weight in weights.items():
            if any(re.search(rf"\b{word}\b", phrase) for phrase in words.values()):
                scores[entity] = scores.get(entity, 0.0) + weight
                said.setdefault(entity, []).append(word)
    if not has_amount:
        for entity in ("payment", "invoice", "bill", "order", "expense", "bank_line"):
            scores[entity] = scores.get(entity, 0.0) * 0.3
    if any(one.email > 0.5 for one in looks.values()):
        scores["party"] = scores.get("party", 0.0) + (1.0 if has_amount else 3.0)
    best = max(scores, key=lambda entity: scores[entity], default="party")
    if scores.get(best, 0.0) <= 0:
        return ("payment" if has_amount else "party"), 0.2, "Nothing in the headers says what the rows are."
    second = max((score for entity, score in scores.items() if entity != best), default=0.0)
    share = scores[best] / (scores[best] + second)
    return best, round(share, 2), f"The headers speak of: {', '.join(said.get(best, ['e-mail addresses']))}."


def _is_money(phrase: str, looks: Looks) -> bool:
    is_named = re.search(
        r"\b(amount|total|price|value|cost|net|gross|paid|sum|fee|debit|credit|balance|budget|spend)\b", phrase
    )
    return looks.decimal > 0.2 or is_named is not None


def _assigned(raw: RawTable, entity: str, words: dict[int, str], looks: dict[int, Looks]) -> tuple[SuggestedField, ...]:
    pairs = []
    for column in ENTITY_COLUMNS[entity]:
        for index, phrase in words.items():
            score, reason = _fit(column, phrase, looks[index])
            if score >= _MIN_SCORE:
                pairs.append((score, -index, column, reason))
    chosen: dict[str, SuggestedField] = {}
    taken: set[int] = set()
    for score, place, column, reason in sorted(pairs, reverse=True):
        if column not in chosen and -place not in taken:
            taken.add(-place)
            chosen[column] = SuggestedField(column, raw.headers[-place], round(score, 2), reason)
    return tuple(chosen[column] for column in ENTITY_COLUMNS[entity] if column in chosen)


def _fit(column: str, phrase: str, looks: Looks) -> tuple[float, str]:
    """Return how well a table's column fits a canonical one, by its header and by its values."""
    by_header, word = _header_fit(column, phrase)
    by_values, sight = _value_fit(column, phrase, looks)
    if looks.fill == 0:
        return by_header * 0.5, f"header says {word!r}, but it is empty"
    if by_header and by_values:
        return min(1.0, 0.75 * by_header + 0.25 * by_values), f"header says {word!r}, {sight}"
    if by_values >= 0.9 and column in {"email", "website"}:
        return 0.6, f"{sight}, whatever the header"
    return 0.0, ""


def _header_fit(column: str, phrase: str) -> tuple[float, str]:
    best, said = 0.0, ""
    for rank, word in enumerate(COLUMN_WORDS[column]):
        worth = 1.0 - 0.012 * rank
        if phrase == word:
            score = worth
        elif re.search(rf"\b{re.escape(word)}\b", phrase):
            score = worth * (0.62 + 0.3 * len(word.split()) / len(phrase.split()))
        else:
            continue
        if score > best:
            best, said = score, word
    return best, said


def _value_fit(column: str, phrase: str, looks: Looks) -> tuple[float, str]:
    if column.endswith(("_at", "_on")):
        return _at_least(looks.date, 0.7), f"{looks.date:.0%} of its values are dates"
    if column.endswith("_minor"):
        fits = _is_money(phrase, looks)
        return (_at_least(looks.amount, 0.8) if fits else 0.0), f"{looks.amount:.0%} of its values are amounts"
    if column in _SHAPED:
        share, least = getattr(looks, _SHAPED[column][0]), _SHAPED[column][1]
        return _at_least(share, least), f"{share:.0%} of its values look like it"
    return _text_fit(column, looks)


def _text_fit(column: str, looks: Looks) -> tuple[float, str]:
    if column in {"number", "code"}:
        fits = looks.distinct > 0.5 and looks.date < 0.5 and looks.code > 0.5
        return (looks.distinct if fits else 0.0), f"{looks.distinct:.0%} of its values are different"
    if column == "gl_code":
        repeats = looks.distinct < 0.5 and looks.decimal < 0.5
        return (0.0 if looks.code <= 0.5 else 1.0 if repeats else 0.3), "short codes that repeat"
    if column in _WORDS:
        is_text = looks.letters > 0.5 and looks.email < 0.5 and looks.url < 0.5
        return (looks.letters if is_text else 0.0), "its values are text"
    if column in _FEW:
        return (1.0 if looks.distinct < 0.5 or looks.fill < 0.5 else 0.4), "few different values"
    return 0.8, "its values do not speak against it"


def _at_least(share: float, least: float) -> float:
    return share if share >= least else 0.0


def _key(raw: RawTable, fields: Sequence[SuggestedField], looks: dict[int, Looks]) -> tuple[str, ...]:
    """Return the column that names the rows: filled and different in all of them, or almost (typed numbers repeat)."""
    for column in ("number", "code", "email"):
        header = next((one.header for one in fields if one.column == column), None)
        if header is not None:
            one = looks[raw.headers.index(header)]
            if one.fill > 0.95 and one.distinct > 0.95:
                return (header,)
    return ()


def _agree(first: Suggestion, second: Suggestion) -> bool:
    if first.entity != second.entity:
        return False
    left, right = ({one.column for one in suggestion.fields} for suggestion in (first, second))
    smaller = min(len(left), len(right))
    return smaller > 0 and len(left & right) / smaller >= _ALIKE_SHARE and bool(first.key) == bool(second.key)


def _merged_fields(members: Sequence[Suggestion]) -> dict[str, tuple[str, ...]]:
    columns = dict.fromkeys(one.column for member in members for one in member.fields)
    return {
        column: tuple(dict.fromkeys(header for member in members if (header := member.header_of(column)) is not None))
        for column in columns
    }


def _merged_key(members: Sequence[Suggestion]) -> tuple[str, ...]:
    names = dict.fromkeys(member.key[0] for member in members if member.key)
    return ("|".join(names),) if names else ()


def _common_name(files: Sequence[str]) -> str:
    """Return the words that all file names share, without folders, endings, digits and dates."""
    stems = [re.sub(r"(\.[A-Za-z]\w{0,5})+$", "", name.rpartition("/")[2]) for name in files]
    words = [re.findall("[a-z]{3,}", _phrase(stem)) for stem in stems]
    shared = [word for word in words[0] if all(word in other for other in words)]
    return "_".join(shared)[:40]


def _unused(name: str, used: set[str]) -> str:
    number = 2
    wanted = name
    while name in used:
        name, number = f"{wanted}_{number}", number + 1
    return name
