"""Names of companies and other organisations.

A name is taken apart into distinctive words, legal form and further names (trading name, what stands in brackets).
Words keep their order; abbreviations are written out; notes that somebody added to a name ("DO NOT USE") are taken off.

``company_name`` says it for one name. Whole columns give the same; there names without notes and further names are read all
at once (``company_columns``).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct
from toolkit.values.company_columns import LONG_FORM, ReadNames, read_names, written
from toolkit.values.company_notes import IS_UNUSUAL, names_in
from toolkit.values.company_words import (
    ALWAYS_LEGAL,
    ARTICLES,
    COMPANY_WORDS,
    LEADING_LEGAL,
    LEGAL_FORMS,
    LONG_FORMS,
    SILENT,
)
from toolkit.values.placeholder import folded_placeholders, is_placeholder
from toolkit.values.remembered import of_remembered
from toolkit.values.text import MAX_COMPARED_CHARACTERS, folded, folded_texts, word_texts, words

_LONG_FORM = re.compile(LONG_FORM)
_SIGNS = str.maketrans({"&": " and ", "+": " and "})
_REMEMBERED = 20_000
"""Unusual names, which are read one by one, and again by whatever asks next: is it a company, which, of what form."""

_NO_PERSONS_SIGN = re.compile(r"[&\d]")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name taken apart.

    ``words`` are the distinctive ones in order; ``legal_form`` the legal form, short, or empty; ``others`` the words of
    further names.
    """

    words: tuple[str, ...]
    legal_form: str = ""
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The distinctive words with blanks between; further names after a bar."""
        return "|".join(" ".join(name) for name in (self.words, *self.others))


@lru_cache(maxsize=_REMEMBERED)
def company_name(value: str) -> CompanyName | None:
    """Return a company's name taken apart; None for a filler.

    Examples
    --------
    >>> company_name("Brown Bros. Mfg. Co., Inc. (OLD)")
    CompanyName(words=('brown', 'brothers', 'manufacturing'), legal_form='co inc', others=())
    >>> company_name("J. Doe Ltd t/a The Corner Shop").text
    'j doe|corner shop'
    """
    text = " ".join(folded(value).split())[:MAX_COMPARED_CHARACTERS]
    if is_placeholder(text):
        return None
    names = [_parts(one) for one in _names_in(text)]
    names = [name for name in names if name[0]]
    if not names:
        return None
    legal_form = next((form for _, form in names if form), "")
    others = dict.fromkeys(name for name, _ in names[1:3] if name != names[0][0])
    return CompanyName(names[0][0], legal_form, tuple(others))


@lru_cache(maxsize=_REMEMBERED)
def _names_in(text: str) -> tuple[str, ...]:
    return tuple(names_in(text))


def _parts(text: str) -> tuple[tuple[str, ...], str]:
    joined = " ".join(_letters_joined(words(text.translate(_SIGNS))))
    tokens = _LONG_FORM.sub(lambda found: LONG_FORMS[found.group(0)], joined).split()
    kept = [place for place, token in enumerate(tokens) if token not in ALWAYS_LEGAL]
    if all(tokens[place] in ARTICLES for place in kept):
        # The Limited is a name.
        return tuple(token for token in tokens if token not in ARTICLES) or tuple(tokens), ""
    forms = set(range(len(tokens))) - set(kept)
    while len(kept) > 1 and (tokens[kept[-1]] in LEGAL_FORMS or (tokens[kept[-1]] == "and" and forms)):
        forms.add(kept.pop())
    if len(kept) > 1 and tokens[kept[0]] in LEADING_LEGAL:
        forms.add(kept.pop(0))
    # A lone s after a word is what is left of an apostrophe: "joe s diner".
    written_out = [word for place in kept if not place or tokens[place] != "s" for word in written(tokens[place]).split()]
    distinctive = tuple(word for word in written_out if word not in SILENT)
    form = " ".join(LEGAL_FORMS[tokens[place]] for place in sorted(forms) if tokens[place] in LEGAL_FORMS)
    return distinctive or tuple(written_out), form


def _letters_joined(tokens: Sequence[str]) -> list[str]:
    """Return tokens with runs of single letters joined: ``a b c ltd`` is ``abc ltd``."""
    joined: list[str] = []
    run = ""
    for token in tokens:
        if len(token) == 1 and token.isalpha():
            run += token
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(token)
    if run:
        joined.append(run)
    return joined


def acronym(name: Sequence[str]) -> str:
    """Return the first letters of a name of three or more words; empty for a shorter one.

    Examples
    --------
    >>> acronym(("amazon", "web", "services"))
    'aws'
    """
    return "".join(word[0] for word in name) if len(name) > 2 else ""


def is_company_like(value: str) -> bool:
    """Return whether a name shows by itself that it is no person's: legal form, trade word, ampersand or digit.

    Examples
    --------
    >>> is_company_like("Acme Ltd"), is_company_like("Corner Bakery"), is_company_like("Mary Ann Evans")
    (True, True, False)
    """
    name = company_name(value)
    if name is None:
        return False
    tells = bool(name.legal_form) or not COMPANY_WORDS.isdisjoint(name.words)
    return tells or bool(_NO_PERSONS_SIGN.search(folded(value)))


class _Column(NamedTuple):
    """Distinct cells: folded, whether they are fillers, what their words say, and for which this is all."""

    cells: pa.StringArray
    is_filler: pa.BooleanArray
    names: ReadNames
    is_plain: pa.BooleanArray


def _column(values: pa.StringArray) -> _Column:
    cells = folded_texts(values)
    is_filler = pc.fill_null(folded_placeholders(cells), True)
    is_long = pc.fill_null(pc.greater(pc.binary_length(cells), MAX_COMPARED_CHARACTERS), False)
    has_notes = pc.fill_null(pc.match_substring_regex(cells, IS_UNUSUAL), False)
    bare = [_names_in(cell) for cell in cells.filter(has_notes).to_pylist()]
    # A cell of one name and notes is as plain as the name; one of several names is not.
    alone = pa.array([names[0] if len(names) == 1 else None for names in bare], pa.string())
    texts = pc.replace_with_mask(cells, has_notes, alone)
    names = read_names(word_texts(pc.replace_substring_regex(texts, "[&+]", " and ")))
    is_read = pc.and_(pa.array(names.is_settled), names.texts.is_valid())
    return _Column(cells, is_filler, names, pc.or_(pc.and_not(is_read, is_long), is_filler))


def _told(values: pa.StringArray, told: Callable[[_Column], pa.Array], judge: Callable[[str], object]) -> pa.Array:
    """Return what is told of plain cells all at once, and of the others by the function for one name."""
    column = _column(values)
    plain = told(column)
    is_unusual = pc.invert(column.is_plain)
    judged = [judge(cell) for cell in column.cells.filter(is_unusual).to_pylist()]
    return pc.replace_with_mask(plain, is_unusual, pa.array(judged, plain.type))


def company_like(values: pa.StringArray) -> pa.BooleanArray:
    """Return whether each name shows by itself that it is no person's; null stays null.

    Examples
    --------
    >>> company_like(pa.array(["Acme Ltd", "Mary Ann Evans", None])).to_pylist()
    [True, False, None]
    """

    def told(column: _Column) -> pa.BooleanArray:
        tells = pc.or_(pa.array(column.names.has_company_word), column.names.forms.is_valid())
        has_sign = pc.fill_null(pc.match_substring_regex(column.cells, _NO_PERSONS_SIGN.pattern), False)
        return pc.and_not(pc.or_(tells, has_sign), column.is_filler)

    return of_distinct(values, lambda distinct: _told(distinct, told, is_company_like))


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return each name for comparing: distinctive words, legal form and notes off, further names after ``|``.

    Examples
    --------
    >>> standardised(pa.array(["ACME Intl. Ltd", "The Acme International Company", "n/a", None])).to_pylist()
    ['acme international', 'acme international', None, None]
    """

    def text_of(value: str) -> str | None:
        name = company_name(value)
        return name.text if name else None

    def told(column: _Column) -> pa.StringArray:
        return pc.if_else(column.is_filler, None, column.names.texts)

    return of_remembered(values, "company name", lambda distinct: _told(distinct, told, text_of))


def legal_forms(values: pa.StringArray) -> pa.StringArray:
    """Return the legal form in each name, short and folded; null where there is none.

    Examples
    --------
    >>> legal_forms(pa.array(["Acme Pty Limited", "Acme GmbH & Co. KG", "Acme"])).to_pylist()
    ['pty ltd', 'gmbh co kg', None]
    """

    def form_of(value: str) -> str | None:
        name = company_name(value)
        return (name.legal_form or None) if name else None

    def told(column: _Column) -> pa.StringArray:
        return pc.if_else(column.is_filler, None, column.names.forms)

    return of_distinct(values, lambda distinct: _told(distinct, told, form_of))
