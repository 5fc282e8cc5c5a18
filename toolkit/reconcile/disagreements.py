"""What a target document got wrong about its source: amount, currency, party, or a field left empty.

A difference that the two documents' nature explains is no error: a bank line less the card fee, an invoice with tax for a
deal without. Between a net and a gross amount no error is claimed.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents import amounts
from toolkit.reconcile.coded import Flags, flags
from toolkit.reconcile.sides import Side

# Documents that name a price before tax: their invoice may carry tax without being wrong.
_BEFORE_TAX = frozenset({"deal", "project", "quote", "ticket"})
# Fields that a target is expected to fill when at least half of its documents do.
_USUALLY_FILLED_SHARE = 0.5
_RARE_SHARE = 0.05
_NAMED_ALIKE_SHARE = 0.1
_PARTLY_ALIKE_SHARE = 0.75

_KINDS = ("currency", "amount", "transposed", "factor", "tax_missed", "fee", "missing_field", "party")
_COLUMNS = ("currency", "tax_minor", "amount_minor", "party_key", "party_name")
_NO_KIND = -1
_KIND_OF = {
    amounts.FACTOR: "factor",
    amounts.TRANSPOSED: "transposed",
    amounts.DIGIT: "amount",
    amounts.CLOSE: "amount",
    amounts.LESS: "amount",
    amounts.DIFFERENT: "amount",
}


class Pairs(NamedTuple):
    """Counterparts: their rows, how their amounts relate (a position in ``amounts.NAMES``), and how alike they are named.

    ``named_share`` is how much of the source's party name the target's document names, 0 to 1; NaN without a name.
    ``is_quoted`` says whether a number was part of what joined the two.
    """

    rows_l: Ints
    rows_r: Ints
    relation: Ints
    named_share: Floats
    is_quoted: Flags


class Disagreements(NamedTuple):
    """For each pair the first kind of error (null: the two agree) and every column that disagrees (null: none)."""

    kind: pa.StringArray
    columns: pa.ListArray


def disagreements(left: Side, right: Side, pairs: Pairs, *, entity_l: str, entity_r: str) -> Disagreements:
    """Return what each pair disagrees in.

    Parameters
    ----------
    left, right
        Both sides.
    pairs
        The counterparts.
    entity_l, entity_r
        What the documents are canonically.
    """
    rows_l, rows_r = pairs.rows_l, pairs.rows_r
    kind = np.full(len(rows_l), _NO_KIND, dtype=np.int64)
    wrong = np.zeros((len(rows_l), len(_COLUMNS)), dtype=bool)

    def add(is_its: Flags, kinds: Ints, column: str) -> None:
        """Note an error of some pairs; the kind of the first one stays."""
        first = is_its & (kind == _NO_KIND)
        kind[first] = kinds[first]
        wrong[is_its, _COLUMNS.index(column)] = True

    has_other_currency = _differ(left.texts("currency"), right.texts("currency"), rows_l, rows_r)
    if not _tells_currency(left, right, has_other_currency):
        has_other_currency[:] = False
    by_amount = np.where(has_other_currency, _NO_KIND, _amount_errors(pairs, left, right, entity_l, entity_r))
    is_tax = by_amount == _KINDS.index("tax_missed")
    missing = np.full(len(rows_l), _KINDS.index("missing_field"))
    add(has_other_currency, np.full(len(rows_l), _KINDS.index("currency")), "currency")
    add((by_amount != _NO_KIND) & ~is_tax, by_amount, "amount_minor")
    add(is_tax, by_amount, "tax_minor")
    keeps_amount = bool(len(right)) and np.isnan(right.amount).mean() < 1 - _USUALLY_FILLED_SHARE
    if keeps_amount:
        add(~np.isnan(left.amount[rows_l]) & np.isnan(right.amount[rows_r]), missing, "amount_minor")
    is_another = _are_other_parties(pairs, left, right)
    add(is_another, np.full(len(rows_l), _KINDS.index("party")), "party_key")
    names_party = flags(pc.or_(_is_something(right.texts("party_name")), _is_something(right.texts("party_ref"))))
    if _usually_filled(right):
        has_account = flags(_is_something(left.account))[rows_l]
        add(~is_another & has_account & ~names_party[rows_r], missing, "party_name")
    return Disagreements(pa.array(_KINDS).take(pa.array(kind, mask=kind == _NO_KIND)), _lists_of(wrong))


def _lists_of(wrong: np.ndarray) -> pa.ListArray:
    """Return the names of the wrong columns of each pair; null where none is wrong."""
    numbers = np.arange(2 ** len(_COLUMNS))
    lists = [[name for place, name in enumerate(_COLUMNS) if number >> place & 1] or None for number in numbers.tolist()]
    number = (wrong << np.arange(len(_COLUMNS))).sum(axis=1)
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(number))


def _are_other_parties(pairs: Pairs, left: Side, right: Side) -> Flags:
    """Return which targets name somebody else, not just a party that was not recognised as the same.

    Two accounts may still be one client whose records were not linked. So both must be known from several systems, and
    the names must differ: wholly, or, where both systems know both accounts, at least in part. Where a number joins the
    two, it is enough that the names differ wholly, and that the target's is a customer whom the source names, too.
    """
    one, other = left.account.take(pa.array(pairs.rows_l)), right.account.take(pa.array(pairs.rows_r))
    is_linked = pc.and_(*(pc.is_in(names, value_set=left.linked_accounts) for names in (one, other)))
    is_known_to_both = np.asarray(
        pc.and_(pc.is_in(one, value_set=right.known_accounts), pc.is_in(other, value_set=left.known_accounts))
    )
    limit = np.where(is_known_to_both, _PARTLY_ALIKE_SHARE, _NAMED_ALIKE_SHARE)
    is_anothers = pairs.is_quoted & flags(pc.is_in(other, value_set=pc.drop_null(pc.unique(left.account))))
    is_anothers &= pairs.named_share < _NAMED_ALIKE_SHARE
    # A share that is not known (NaN) is below no limit.
    return flags(pc.not_equal(one, other)) & ((flags(is_linked) & (pairs.named_share < limit)) | is_anothers)


def _usually_filled(right: Side) -> bool:
    is_filled = pc.or_(pc.is_valid(right.texts("party_name")), pc.is_valid(right.texts("party_ref")))
    return bool(len(right)) and pc.sum(is_filled).as_py() / len(right) > _USUALLY_FILLED_SHARE


def _amount_errors(pairs: Pairs, left: Side, right: Side, entity_l: str, entity_r: str) -> Ints:
    """Return the kind of error in the amount of each pair."""
    kinds = np.full(len(amounts.NAMES), _NO_KIND)
    for relation, name in _KIND_OF.items():
        kinds[relation] = _KINDS.index(name)
    if entity_r != "bank_line":
        kinds[amounts.FEE] = _KINDS.index("fee")
    result = kinds[pairs.relation]
    if entity_l not in _BEFORE_TAX:
        is_tax = pairs.relation == amounts.TAX
        result[is_tax & (left.tax[pairs.rows_l] != right.tax[pairs.rows_r])] = _KINDS.index("tax_missed")
    # One states the net amount only: what the other has more is tax, as far as anybody can say.
    result[left.is_net[pairs.rows_l] != right.is_net[pairs.rows_r]] = _NO_KIND
    return result


def _differ(one: pa.StringArray, other: pa.StringArray, rows_l: Ints, rows_r: Ints) -> Flags:
    """Return which pairs have two values that are not the same."""
    one, other = one.take(pa.array(rows_l)), other.take(pa.array(rows_r))
    return flags(pc.and_(pc.and_(_is_something(one), _is_something(other)), pc.not_equal(one, other)))


def _tells_currency(left: Side, right: Side, is_other: Flags) -> bool:
    """Return whether another currency is an error of the target, and not a column that one of the lists lacks.

    Without that column each document is taken in the client's own currency. So a target of one currency alone, beside a
    source of several, says nothing; nor does a source of one beside a target where another one is no rare slip.
    """
    several_l, several_r = (len(pc.unique(pc.drop_null(side.texts("currency")))) > 1 for side in (left, right))
    if several_l:
        return several_r
    return not several_r or int(is_other.sum()) <= _RARE_SHARE * len(is_other)


def _is_something(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.fill_null(pc.not_equal(texts, ""), False)
