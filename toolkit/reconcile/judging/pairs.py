"""Whether documents name each other and the same parties, and whether those that were paired agree."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import Flags, coded, flags
from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.renumbering import renumbered
from toolkit.reconcile.judging.split import MIN_DOUBTED_SHARE, Hints, by_split
from toolkit.reconcile.judging.verdict import ERROR, FAILED, LOSS, MISSING, PARTLY, Verdict, counts_text, sound
from toolkit.reconcile.party_names import folded_names
from toolkit.reconcile.sides import Side

_FEWEST = 20
_HARDLY_ANY, _HALF = 0.1, 0.5
_NAMED = frozenset({"deal", "order", "invoice", "credit_note", "bill", "quote", "ticket", "project", "payment"})
_MOST_ERRORS, _MOST_OF_ONE_KIND = 0.5, 0.3
_KIND_WORDS = {
    "amount": "the amount", "transposed": "the amount", "factor": "the amount", "fee": "the amount", "tax_missed": "the tax",
    "currency": "the currency", "party": "the customer or supplier", "missing_field": "a field left empty",
    "field": "a field",
}  # fmt: skip


def references(compared: Compared, hints: Hints) -> Verdict:
    """Return whether both sides name the same parties, and quote each other's numbers where they quote any.

    Parameters
    ----------
    compared
        Both sides.
    hints
        What is missing, and how amounts relate.
    """
    found = _strange_parties(compared) or renumbered(compared) or _unnamed_parties(compared)
    if found is not None:
        return found
    if hints.split is not None and hints.split.aspect == "references":
        return by_split(compared, hints.split)
    linked, numbered = len(compared.linked), int(compared.linked.has_number.sum())
    said = f"{counts_text(numbered, linked)} pairs quote a number of each other."
    account = compared.right.account
    has_party = (len(account) - account.null_count) / len(account) >= _HARDLY_ANY if len(account) else True
    if not numbered and not has_party and compared.missing_share >= MIN_DOUBTED_SHARE:
        return Verdict(
            "references", FAILED,
            f"The {compared.target} name neither a customer or supplier nor a number of "
            f"{compared.label_l}: amount and date alone do not tell them apart.",
            f"Ask for an export of {compared.label_r} with the name of the customer or supplier, or with a reference.",
            (MISSING, LOSS, ERROR),
        )  # fmt: skip
    return sound("references", said)


def _strange_parties(compared: Compared) -> Verdict | None:
    """Return that the two sides name different parties altogether, as where another column was read."""
    if compared.handoff.entity_r == "bank_line":
        return None
    left, right = compared.left, compared.right
    party = coded(pa.concat_arrays([left.account, right.account]))
    code_l, code_r = party.code[: len(left)], party.code[len(left) :]
    named_l, named_r = np.flatnonzero(_is_named(left)), np.flatnonzero(_is_named(right))
    if min(len(named_l), len(named_r)) < _FEWEST:
        return None
    # Names are folded only where the parties that were recognised do not settle it already.
    for is_by_name in (False, True):
        is_met_l = _are_met(left, code_l, right, code_r, is_by_name=is_by_name)
        is_met_r = _are_met(right, code_r, left, code_l, is_by_name=is_by_name)
        met_l, met_r = int(is_met_l.sum()), int(is_met_r.sum())
        if met_l >= _HARDLY_ANY * len(named_l) or met_r >= _HARDLY_ANY * len(named_r):
            return None
    return Verdict(
        "references", FAILED,
        f"Only {counts_text(met_l, len(named_l))} {compared.source} are of a customer or supplier that the "
        f"{compared.target} name too.",
        f"Check which column names the customer or supplier of the {compared.source} and of the {compared.target}.",
        (ERROR, MISSING, LOSS) if compared.missing_share >= MIN_DOUBTED_SHARE else (ERROR,),
    )  # fmt: skip


def _are_met(side: Side, codes: Ints, other: Side, other_codes: Ints, *, is_by_name: bool) -> Flags:
    """Return which documents are of a party that the other side has, too: one that was recognised, or one named alike.

    Two systems may write one name without that their records were linked.
    """
    is_known = (codes >= 0) & np.isin(codes, other_codes) & _is_named(side)
    if not is_by_name:
        return np.asarray(is_known, dtype=bool)
    names, others = (folded_names(one.texts("party_name")) for one in (side, other))
    is_written = pc.and_(pc.is_valid(names), pc.is_in(names, value_set=pc.unique(others)))
    return np.asarray(is_known | (flags(is_written) & _is_named(side)), dtype=bool)


def _is_named(side: Side) -> Flags:
    return flags(pc.or_(_is_something(side.texts("party_name")), _is_something(side.texts("party_ref"))))


def _unnamed_parties(compared: Compared) -> Verdict | None:
    """Return that one side names no customer or supplier at all, and the other does."""
    shares = [float(_is_named(side).mean()) if len(side) else 1.0 for side in (compared.left, compared.right)]
    place = int(np.argmin(shares))
    entity, whose = (
        (compared.handoff.entity_l, compared.source), (compared.handoff.entity_r, compared.target)
    )[place]  # fmt: skip
    if entity not in _NAMED or shares[place] >= _HARDLY_ANY / 2 or shares[1 - place] < _HALF:
        return None
    held = (MISSING, LOSS, ERROR) if compared.missing_share >= MIN_DOUBTED_SHARE else ()
    return Verdict(
        "references", PARTLY,
        f"The {whose} name no customer or supplier: the pairs were found without it, and whether it is the right one cannot "
        "be told.",
        f"Name the column with the customer or supplier of the {whose}, or ask for an export that has it.", held,
    )  # fmt: skip


def _is_something(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.fill_null(pc.not_equal(texts, ""), False)


def disagreement(compared: Compared, _hints: Hints) -> Verdict:
    """Return whether so many pairs disagree that the comparison, not the work, must be wrong.

    Parameters
    ----------
    compared
        Both sides.
    _hints
        Not asked.
    """
    found, wrong = int(compared.is_found.sum()), sum(compared.error_kinds.values())
    said = f"{counts_text(wrong, found)} pairs disagree."
    if found < _FEWEST or not wrong:
        return sound("disagreement", said)
    kind = max(sorted(compared.error_kinds), key=lambda one: compared.error_kinds[one])
    most = compared.error_kinds[kind]
    if wrong < _MOST_ERRORS * found and most < _MOST_OF_ONE_KIND * found:
        return sound("disagreement", said)
    reason = f"{said.removesuffix('.')}, {most:,} of them in {_KIND_WORDS.get(kind, kind)}: more than people make mistakes."
    to_do = (
        f"Look at three of these pairs in {compared.label_l} and {compared.label_r}: the two may not be one event, or a "
        "column was read wrongly."
    )
    is_most = wrong >= _MOST_ERRORS * found
    # Pairs that differ in the amount only are pairs all the same; those of other parties are none.
    is_doubtful = kind == "party" or compared.missing_share >= MIN_DOUBTED_SHARE
    held = (ERROR, LOSS, MISSING) if is_most and is_doubtful else (ERROR, LOSS)
    return Verdict("disagreement", FAILED if is_most else PARTLY, reason, to_do, held)
