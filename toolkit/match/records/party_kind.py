"""Whether a party that its system does not tell apart is a company or a person, from what all the records together say.

A ledger or a payment list writes "Joel Delacroix" and "Crestline Home Staging" into one column. Told by: the name of a known
company; a legal form or a word that only companies bear; a first and a last name that known persons bear; an e-mail address
that is made of the name's two words; a company named beside the name. What none of these tells stays unknown.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.match.comparison import Ints
from toolkit.match.hashing import Hashes, is_among, text_hashes
from toolkit.match.records.columns import COMPANY, LOOKS_LIKE_A_PERSON, PERSON, UNKNOWN, ByKind, first_filled
from toolkit.values import company_name, person_name
from toolkit.values.cells import of_distinct
from toolkit.values.company_name import company_like
from toolkit.values.known_names import family_name_texts, given_name_texts
from toolkit.values.person_name import person_like

_MIN_PART = 3
_MAX_MAILBOX = 64
"""Characters of a mailbox (RFC 5321 section 4.5.3.1)."""

_COUPLE = r"^\s*(?P<one>\p{L}+)\s*(?:&|\+|\band\b|\bund\b|\bet\b)\s*(?P<other>\p{L}+)\s+(?P<family>[\p{L}'’-]+)\s*$"

_Mask = npt.NDArray[np.bool_]


class KnownNames(NamedTuple):
    """Names that systems state, as hashes in order: whole ones of companies, first and last ones of persons."""

    companies: Hashes
    given: Hashes
    family: Hashes


NO_NAMES = KnownNames(*(np.zeros(0, dtype=np.uint64),) * 3)
"""What is known where no record says what it is."""


def known_names(chosen: ByKind, kinds: Ints) -> KnownNames:
    """Return the names of the records that are known to be companies or persons, and those of their contacts.

    Parameters
    ----------
    chosen
        Columns of text by kind.
    kinds
        ``COMPANY``, ``PERSON`` or ``UNKNOWN`` of each record.
    """
    names, companies = _first(chosen, "name", len(kinds)), _first(chosen, "company", len(kinds))
    is_person = pa.array(kinds == PERSON)
    is_employer = pc.or_(is_person, pc.fill_null(pc.not_equal(companies, names), True))
    stated = [names.filter(pa.array(kinds == COMPANY)), companies.filter(is_employer)]
    given, family = (_first(chosen, part, len(kinds)).filter(is_person) for part in ("given_name", "family_name"))
    is_split = pc.and_(given.is_valid(), family.is_valid())
    contacts = _first(chosen, "contact", len(kinds)).drop_null()
    contacts = contacts.filter(pc.invert(company_like(contacts)))
    persons = pa.concat_arrays([names.filter(is_person).filter(pc.invert(is_split)), contacts])
    first, last = _first_and_last(person_name.standardised(persons))
    # Many whole names are distinct, but few first and few last names: where they have columns of their own, those are read.
    givens, families = (pc.unique(part.filter(is_split)) for part in (given, family))
    own_first, _ = _first_and_last(person_name.joined_names(givens, pa.nulls(len(givens), pa.string())))
    _, own_last = _first_and_last(person_name.joined_names(pa.nulls(len(families), pa.string()), families))
    whole = _main_names(pa.concat_arrays(stated))
    parts = (whole, pa.concat_arrays([first, own_first]), pa.concat_arrays([last, own_last]))
    return KnownNames(*results(_hashes, parts))


def told_kinds(chosen: ByKind, kinds: Ints, known: KnownNames) -> Ints:
    """Return the kinds with those told that are unknown and can be told; what a system states stays as it is.

    Parameters
    ----------
    chosen
        Columns of text by kind.
    kinds
        ``COMPANY``, ``PERSON`` or ``UNKNOWN`` of each record.
    known
        Names of companies and persons.

    Examples
    --------
    >>> chosen = {"name": {"": pa.array(["Delacroix, Joel", "Crestline"])}}
    >>> [int(kind) for kind in told_kinds(chosen, np.array([UNKNOWN, UNKNOWN]), NO_NAMES)] == [PERSON, UNKNOWN]
    True
    """
    names, companies, mailboxes = (_first(chosen, kind, len(kinds)) for kind in ("name", "company", "email"))
    result = kinds.copy()

    def told(rows: Ints, is_told: _Mask, kind: int) -> Ints:
        """Note the kind of some rows, and return the others."""
        result[rows[is_told]] = kind
        return rows[~is_told]

    # Each step costs more for a name than the one before, and looks at those only that are still open.
    rows = np.flatnonzero((kinds == UNKNOWN) & np.asarray(names.is_valid()))
    rows = told(rows, _is_couple(names.take(pa.array(rows))), PERSON)
    rows = told(rows, _truth(company_like(names.take(pa.array(rows)))), COMPANY)
    main = _main_names(names.take(pa.array(rows)))
    is_known = _is_among(main, known.companies)
    is_itself = _truth(pc.equal(main, _main_names(companies.take(pa.array(rows)))))[~is_known]
    rows = told(rows, is_known, COMPANY)
    is_named = _truth(person_like(names.take(pa.array(rows))))
    is_itself, rows = is_itself[~is_named], told(rows, is_named, PERSON)
    first, last = _first_and_last(person_name.standardised(names.take(pa.array(rows))))
    bears_known_names = _is_among(first, known.given) & _is_among(last, known.family)
    bears_usual_names = _truth(pc.is_in(first, value_set=given_name_texts())) & _truth(
        pc.is_in(last, value_set=family_name_texts())
    )
    is_named = bears_known_names | bears_usual_names | _is_made_of(mailboxes.take(pa.array(rows)), first, last)
    is_itself, rows = is_itself[~is_named], told(rows, is_named, PERSON)
    rows = told(rows, is_itself, COMPANY)
    looks = _truth(pc.match_substring_regex(names.take(pa.array(rows)), LOOKS_LIKE_A_PERSON))
    told(rows, looks & np.asarray(companies.take(pa.array(rows)).is_valid()), PERSON)
    return result


def _is_couple(names: pa.StringArray) -> _Mask:
    """Return whether two given names and one family name stand in a cell, as in "Erik & Laura Warner"."""
    parts = pc.extract_regex(pc.ascii_lower(names), _COUPLE)
    named = (_truth(pc.is_in(parts.field(part), value_set=given_name_texts())) for part in ("one", "other"))
    return np.logical_and(*named) & ~_truth(company_like(parts.field("family")))


def _first(chosen: ByKind, kind: str, count: int) -> pa.StringArray:
    return first_filled(chosen[kind]) if kind in chosen else pa.nulls(count, pa.string())


def _truth(answers: pa.BooleanArray) -> _Mask:
    return np.asarray(pc.fill_null(answers, False))


def _main_names(values: pa.StringArray) -> pa.StringArray:
    """Return the words of each company's name without legal form, and without the further names of a cell."""
    standardised = company_name.standardised(values)
    return of_distinct(standardised, lambda distinct: pc.replace_substring_regex(distinct, r"\|.*$", ""))


def _first_and_last(standardised: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
    """Return the first given name of each standardised name of a person, and the family name; null where there is none."""
    first = _part(standardised, r"^([^ |]*).*$")
    last = _part(standardised, r"^[^|]*\|([^|]*).*$")
    return first, last


def _part(standardised: pa.StringArray, pattern: str) -> pa.StringArray:
    """Return what a pattern finds in each cell; null where that is nothing."""
    found = of_distinct(standardised, lambda distinct: pc.replace_substring_regex(distinct, pattern, r"\1"))
    return pc.if_else(pc.equal(found, ""), None, found)


def _hashes(texts: pa.StringArray) -> Hashes:
    return np.sort(text_hashes(pc.unique(texts).drop_null()))


def _is_among(texts: pa.StringArray, known: Hashes) -> _Mask:
    encoded = texts.dictionary_encode()
    return _truth(pa.array(is_among(text_hashes(encoded.dictionary), known)).take(encoded.indices))


def _is_made_of(mailboxes: pa.StringArray, first: pa.StringArray, last: pa.StringArray) -> _Mask:
    """Return whether an address is made of a first name or its initial and the beginning of a last name."""
    result = np.zeros(len(mailboxes), dtype=bool)
    rows = np.flatnonzero(np.asarray(pc.and_(mailboxes.is_valid(), pc.and_(first.is_valid(), last.is_valid()))))
    places = pa.array(rows)
    local = pc.replace_substring_regex(pc.ascii_lower(mailboxes.take(places)), "@.*$|[^a-z@]", "")
    given, family = first.take(places), pc.replace_substring(last.take(places), " ", "")
    whole = pc.binary_join_element_wise(given, family, "")
    sizes, given_sizes = (np.asarray(pc.binary_length(texts)) for texts in (local, given))
    is_long = (given_sizes >= _MIN_PART) & (np.asarray(pc.binary_length(family)) >= _MIN_PART)
    # An initial alone needs the whole last name.
    initial = pc.binary_join_element_wise(pc.utf8_slice_codeunits(given, 0, 1), family, "")
    is_made = np.asarray(pc.equal(local, initial))
    may_begin = is_long & (sizes >= given_sizes + _MIN_PART) & (sizes <= _MAX_MAILBOX)
    for size in np.flatnonzero(np.bincount(sizes[may_begin])).tolist():
        own = np.flatnonzero(may_begin & (sizes == size))
        begins = pc.equal(pc.utf8_slice_codeunits(whole.take(pa.array(own)), 0, size), local.take(pa.array(own)))
        is_made[own] |= np.asarray(begins)
    result[rows] = is_made & is_long
    return result
