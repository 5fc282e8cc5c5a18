"""Whether documents name each other and the same parties, and whether those that were paired agree."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.documents.mentions import mentions
from toolkit.reconcile.coded import coded
from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.split import MIN_DOUBTED_SHARE, Hints, by_split
from toolkit.reconcile.judging.verdict import ERROR, FAILED, LOSS, MISSING, PARTLY, Verdict, counts_text, sound

_FEWEST = 20
_HARDLY_ANY, _HALF = 0.1, 0.5
_MOST_ERRORS, _MOST_OF_ONE_KIND = 0.5, 0.3
_SHAPE = r"[0-9]"
_TELLING_LENGTH = 5
_OWN = ("record_id", "number", "alt_ids")
_QUOTING = ("deal_ref", "invoice_ref", "reference", "description", "name")
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
    strangers = _strange_parties(compared)
    if strangers is not None:
        return strangers
    renumbered = _renumbered(compared)
    if renumbered is not None:
        return renumbered
    if hints.split is not None and hints.split.aspect == "references":
        return by_split(compared, hints.split)
    linked, numbered = len(compared.linked), int(compared.linked.has_number.sum())
    said = f"{counts_text(numbered, linked)} pairs quote a number of each other."
    party = coded(compared.right.account)
    has_party = bool((party.code >= 0).mean() >= _HARDLY_ANY) if len(party.code) else True
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
    party = coded(pa.concat_arrays([compared.left.account, compared.right.account]))
    code_l, code_r = party.code[: len(compared.left)], party.code[len(compared.left) :]
    known_l, known_r = code_l[code_l >= 0], code_r[code_r >= 0]
    if len(known_l) < _FEWEST:
        return None
    met_l, met_r = int(np.isin(known_l, known_r).sum()), int(np.isin(known_r, known_l).sum())
    to_do = f"Check which column names the customer or supplier of the {compared.source} and of the {compared.target}."
    held = (ERROR, MISSING, LOSS) if compared.missing_share >= MIN_DOUBTED_SHARE else (ERROR,)
    if len(known_r) >= _FEWEST and met_l < _HARDLY_ANY * len(known_l) and met_r < _HARDLY_ANY * len(known_r):
        names_r = compared.handoff.entity_r != "bank_line"
        reason = (
            f"Only {counts_text(met_l, len(known_l))} {compared.source} are of a customer or supplier "
            f"that any {compared.noun_r.removesuffix('s')} in {compared.label_r} names."
        )
        return Verdict("references", FAILED, reason, to_do, held) if names_r else None
    return None


def _renumbered(compared: Compared) -> Verdict | None:
    """Return that the target quotes numbers of the source's form, and none of them is a number of the source."""
    own = mentions(
        compared.stream_l.select([n for n in ("record_id", "number", "alt_ids") if n in compared.stream_l.column_names])
    )
    quoting = [name for name in _QUOTING if name in compared.stream_r.column_names]
    quoted = mentions(compared.right.table.select(quoting))
    if not len(own.row) or not len(quoted.row):
        return None
    numbers = own.texts.take(pa.array(np.unique(own.number)))
    own_shapes = _shapes(numbers)
    usual = pc.unique(own_shapes.filter(pc.greater_equal(pc.binary_length(numbers), _TELLING_LENGTH)))
    texts = quoted.texts.take(pa.array(quoted.number.astype(np.int64)))
    is_like = np.asarray(pc.is_in(_shapes(texts), value_set=usual), dtype=bool)
    is_own = np.asarray(pc.is_in(texts, value_set=numbers), dtype=bool)
    like = len(np.unique(quoted.row[is_like]))
    met = len(np.unique(quoted.row[is_like & is_own]))
    if like < max(_FEWEST, 0.2 * len(compared.right)) or met >= _HARDLY_ANY * like:
        return None
    reason = (
        f"{counts_text(like, len(compared.right))} {compared.target} quote a number that looks like one of "
        f"{compared.label_l}, but only {met:,} of these numbers exist there."
    )
    to_do = f"Find out whether the {compared.source} were numbered anew; ask for an export that has the old numbers too."
    held = (LOSS, MISSING) if compared.missing_share >= MIN_DOUBTED_SHARE else ()
    return Verdict("references", PARTLY, reason, to_do, held)


def _shapes(texts: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(texts, _SHAPE, "9")


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
    held = (ERROR, LOSS, MISSING) if is_most else (ERROR, LOSS)
    return Verdict("disagreement", FAILED if is_most else PARTLY, reason, to_do, held)
