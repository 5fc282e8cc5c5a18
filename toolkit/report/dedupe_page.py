"""The page of results of ``dedupe``: what was found in plain words, how sure it is, examples, what waits for a person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.charts import errors_by_threshold, match_waterfall, score_histogram
from toolkit.match.dedupe import Deduplicated
from toolkit.match.dedupe_tables import side_by_side
from toolkit.match.linkage.weights import MATCH, UNRELATED
from toolkit.match.review.decision_worth import by_worth
from toolkit.match.review.review_sample import MeasuredMatching
from toolkit.report.blocks import Block, Bullets, Chart, Cover, Heading, Note, Paragraph, Table
from toolkit.report.page import write_page
from toolkit.report.shown import decimal_text, share_text

_SHOWN_PAIRS = 15
_MAX_CELL = 80
_THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_SUREST = [("match_weight", "descending"), ("key_l", "ascending"), ("key_r", "ascending")]
_ROLES = {
    "same": "Held to be the same",
    "review": "Put aside for a person",
    "related": "Related, not the same",
}


def write_dedupe_page(
    path: Path, found: Deduplicated, *, measured: MeasuredMatching | None = None, notes: Sequence[str] = ()
) -> Path:
    """Write the page.

    Parameters
    ----------
    path
        An ``.html`` file; it appears whole or not at all.
    measured
        Precision and recall from a review sample, where one was answered.
    notes
        What a person should know about the files, a sentence each.
    """
    return write_page(path, dedupe_blocks(found, measured=measured, notes=notes), title=_title(found))


def dedupe_blocks(
    found: Deduplicated, *, measured: MeasuredMatching | None = None, notes: Sequence[str] = ()
) -> tuple[Block, ...]:
    """Return the blocks of the page in reading order.

    Parameters
    ----------
    found
        What was found; the page shows values of the client's records.
    measured
        Precision and recall from a review sample, where one was answered.
    notes
        What a person should know about the files, a sentence each.
    """
    cautions = (*found.matching.warnings, *notes, *found.joint.warnings, *found.problems)
    contents = (
        ("sure", "How sure this is"),
        ("examples", "Why: examples"),
        ("review", "Waiting for a person"),
        ("related", "Related, but not the same"),
        ("columns", "What the columns hold"),
        ("model", "What each agreement says"),
    )
    return (
        Cover(_kicker(found), _title(found), (f"{found.records_count:,} records", *found.joint.files), contents),
        Paragraph((found.summary(),), is_lead=True),
        *(Note((caution,), "caution") for caution in cautions),
        *_certainty(found, measured),
        *_examples(found),
        *_waiting(found),
        *_related(found),
        *_columns(found),
        *_model(found),
    )


def _paragraph(text: str) -> Paragraph:
    return Paragraph((text,))


def _kicker(found: Deduplicated) -> str:
    return "One-to-one links" if found.is_link else "Duplicate records"


def _title(found: Deduplicated) -> str:
    files = found.joint.files
    if len(files) == 1:
        return f"Duplicates in {files[0]}"
    if found.is_link:
        return f"{files[0]} and {files[1]}"
    return f"Duplicates over {len(files)} files"


def _certainty(found: Deduplicated, measured: MeasuredMatching | None) -> list[Block]:
    matching = found.matching
    threshold, review = matching.model.min_match_probability, matching.model.min_review_probability
    blocks: list[Block] = [
        Heading("How sure this is", 2, "sure"),
        _paragraph(
            f"Each pair of records gets a probability that both are one. From {share_text(threshold, 0)} on they are held "
            f"to be the same, below {share_text(review, 0)} not. A person looks at what lies between, and wherever "
            "the other records of a group, a rule or a second candidate disagree."
        ),
        _paragraph(_compared_words(found)),
        Chart(score_histogram.drawn(matching.pairs), "Pairs of records by the probability that both are one."),
    ]
    if measured is not None and measured.precision is not None:
        blocks.append(_paragraph(_measured_words(measured)))
    rows = {row["min_match_probability"]: row for row in matching.expected.to_pylist()}
    shown = [
        next((row for at, row in rows.items() if abs(at - wanted) < 1e-9), None)
        for wanted in sorted({*_THRESHOLDS, threshold})
    ]
    blocks += [
        Heading("Expected errors by threshold"),
        _paragraph(
            f"Pairs of {share_text(threshold, 0)} and more are held to be the same. What another threshold would do, as the "
            "model itself expects it, before chains are broken and rules and people are heard (records that say the same "
            "count once):"
        ),
        Chart(
            errors_by_threshold.drawn(matching.expected, min_match_probability=threshold),
            "Expected shares of right and of found pairs, by threshold.",
        ),
        Table(
            ("Threshold", "Pairs", "Right among them", "Found of all"),
            tuple(
                (share_text(row["min_match_probability"], 0), f"{row['pairs']:,}", _share(row["expected_precision"]),
                 _share(row["expected_recall"]))
                for row in shown if row is not None and row["pairs"]
            ),
            "As the model expects",
        ),
    ]  # fmt: skip
    return blocks


def _compared_words(found: Deduplicated) -> str:
    """Return how much was compared, and what that is expected to miss."""
    blocking = found.matching.blocking
    words = f"{blocking.candidate_pairs:,} pairs of {blocking.profiles:,} different records were compared"
    if not blocking.max_block:
        return f"{words}: all that have anything in common to compare."
    expected = blocking.expected_missed
    missed = "less than one pair" if expected < 1 else f"about {decimal_text(expected, 0)} pairs"
    return (
        f"{words}: those that something narrow connects, such as a number, rare words of a name, or a name with a town. "
        f"Where too many records share one key, and nothing narrower, the model expects {missed} that "
        "are the same and were not compared."
    )


def _measured_words(measured: MeasuredMatching) -> str:
    precision, recall = (
        f"{_share(share)} ({share_text(low)} to {share_text(high)})"
        for share, (low, high) in (
            (measured.precision, measured.precision_interval),
            (measured.recall, measured.recall_interval),
        )
    )
    return (
        f"Measured on {measured.answered_count:,} pairs that a person answered without seeing the verdict: {precision} of "
        f"the pairs held to be the same are right, and {recall} of all that are the same were found. In brackets: where the "
        "true share lies in 95 of 100 such measurements. Records that nothing narrow connects were never compared, and "
        "are not in these figures."
    )


def _share(share: float | None) -> str:
    return "" if share is None else share_text(share)


def _examples(found: Deduplicated) -> list[Block]:
    blocks: list[Block] = [Heading("Why: examples", 2, "examples")]
    pairs = found.matching.pairs
    for decision, words in _ROLES.items():
        own = pairs.filter(pc.and_(pc.equal(pairs["decision"], decision), pc.equal(pairs["decided_by"], "model")))
        for position, row in enumerate(_chosen(own, found.matching.model.min_match_probability)):
            title = words if not position else f"{words}, but only just"
            blocks += _example(found, row, title)
    if len(blocks) == 1:
        blocks.append(Note(("No two records were close enough to be shown.",)))
    return blocks


def _chosen(pairs: pa.Table, min_match_probability: float) -> list[dict[str, Any]]:
    """Return the typical pair of one decision, and of those that are the same by themselves the least sure one too."""
    if not pairs.num_rows:
        return []
    ranked = pc.sort_indices(pairs, sort_keys=_SUREST)
    middle = pairs.take(ranked.slice(len(ranked) // 2, 1)).to_pylist()
    is_sure = pc.greater_equal(pairs["match_probability"].take(ranked), min_match_probability)
    sure = ranked.filter(is_sure.combine_chunks())
    is_same = middle[0]["decision"] == "same"
    return [*middle, *(pairs.take(sure.slice(len(sure) - 1, 1)).to_pylist() if is_same and len(sure) > 2 else ())]


def _example(found: Deduplicated, row: dict[str, Any], title: str) -> list[Block]:
    levels = found.matching.pair_levels
    own = levels.filter(pc.equal(levels["key_l"], row["key_l"]))
    own = own.filter(pc.equal(own["key_r"], row["key_r"]))
    keys = (pa.chunked_array([[row["key_l"]]], pa.string()), pa.chunked_array([[row["key_r"]]], pa.string()))
    [both] = side_by_side(found.joint, *keys).to_pylist()
    lines = [
        (field, _cell(both.get(f"{field}_l")), _cell(both.get(f"{field}_r")))
        for field in found.joint.shown_fields
        if both.get(f"{field}_l") or both.get(f"{field}_r")
    ]
    heads = tuple(_cell(f"{both[f'id_{side}']} ({both[f'file_{side}']})") for side in ("l", "r"))
    return [
        Heading(f"{title}: {share_text(row['match_probability'])}"),
        Table(("Field", *heads), tuple(lines)),
        Chart(
            match_waterfall.drawn(own, pair=found.matching.pairs, with_bits=True),
            f"What speaks for and against: {row['reason'] or 'nothing clear'}{_link_words(found, row)}",
        ),
    ]


def _link_words(found: Deduplicated, row: dict[str, Any]) -> str:
    """Return by which link a group joins two records, in a sentence with a blank before it."""
    if row["link_l"] is None:
        return ""
    one, other = (found.joint.words(row[f"link_{side}"]) for side in ("l", "r"))
    return f" The weakest link of the group between them joins {_cell(one)} and {_cell(other)}."


def _waiting(found: Deduplicated) -> list[Block]:
    blocks: list[Block] = [Heading("Waiting for a person", 2, "review")]
    if not found.review_count:
        return [*blocks, _paragraph("Every pair could be decided.")]
    blocks.append(
        _paragraph(
            "These pairs are too close to call, or a rule or another record keeps them apart. Those stand first on which "
            "most hangs: the likelier two are one, and the larger their groups. Answer them in review.xlsx "
            "(same, not_same or unsure), and run dedupe again with --answers review.xlsx: the answers are obeyed, and the "
            "comparison learns from them."
        )
    )
    return [*blocks, _pairs_table(found, "review", "To be looked at, those first on which most hangs", found.review_count)]


def _related(found: Deduplicated) -> list[Block]:
    blocks: list[Block] = [Heading("Related, but not the same", 2, "related")]
    pairs = found.matching.pairs
    count = int(pc.sum(pc.equal(pairs["decision"], "related")).as_py() or 0)
    is_of_things = any(fact.facet == "title" for fact in found.matching.model.facts)
    none, words, caption = _RELATED_THINGS if is_of_things else _RELATED_PARTIES
    if not count:
        return [*blocks, _paragraph(none)]
    return [*blocks, _paragraph(words), _pairs_table(found, "related", caption, count)]


_RELATED_PARTIES = (
    "No sister companies, households or branches were found.",
    "Sister companies, households, branches and namesakes share a place or a name, and are not one party.",
    "Related parties, closest first",
)
_RELATED_THINGS = (
    "No variants of one thing were found.",
    "Variants of one thing share its title, and another year, size, edition or number tells them apart: they are not one.",
    "Related things, closest first",
)


def _pairs_table(found: Deduplicated, decision: str, caption: str, count: int) -> Table:
    pairs = found.matching.pairs
    own = pairs.filter(pc.equal(pairs["decision"], decision))
    if decision == "review":
        shown = by_worth(own, found.matching.clusters).slice(0, _SHOWN_PAIRS)
    else:
        shown = own.take(pc.select_k_unstable(own, _SHOWN_PAIRS, _SUREST))
    both = side_by_side(found.joint, shown["key_l"], shown["key_r"]).to_pylist()
    rows = tuple(
        (_record_words(found, record, "l"), _record_words(found, record, "r"), share_text(row["match_probability"]),
         _cell(row["reason"], limit=220))
        for record, row in zip(both, shown.to_pylist(), strict=True)
    )  # fmt: skip
    more = f" ({len(rows)} of {count:,}; the others are in the files beside this page)" if count > len(rows) else ""
    return Table(("Record", "Other record", "Probability", "Why"), rows, f"{caption}{more}")


def _record_words(found: Deduplicated, both: dict[str, Any], side: str) -> str:
    """Return a record's id, and what it says of itself in its first fields."""
    values = [both[f"{field}_{side}"] for field in found.joint.shown_fields if both.get(f"{field}_{side}")]
    file = f" ({both[f'file_{side}']})" if len(found.joint.files) > 1 else ""
    return f"{_cell(both[f'id_{side}'], limit=40)}{file}: {_cell(', '.join(values[:3]))}"


def _cell(text: object, *, limit: int = _MAX_CELL) -> str:
    plain = " ".join(str(text or "").split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1]}…"


def _columns(found: Deduplicated) -> list[Block]:
    rows = tuple(
        (_cell(field.label), field.kind.replace("_", " "), _cell(field.reason, limit=160)) for field in found.joint.fields
    )
    naming = tuple((f"{file}: {sentence}",) for file, sentence in found.ids.items())
    return [
        Heading("What the columns hold", 2, "columns"),
        Paragraph(
            ("A column that was taken for the wrong thing is put right with --field 'Column=kind'. Records are named by:",)
        ),
        Bullets(naming),
        Table(("Column", "Read as", "Because"), rows),
    ]


def _taught(found: Deduplicated) -> str:
    if not found.answers_count:
        return "Learned from these records without being told what is right."
    return f"Learned from these records, and from {found.answers_count:,} answers of a person."


def _model(found: Deduplicated) -> list[Block]:
    blocks: list[Block] = [
        Heading("What each agreement says", 2, "model"),
        _paragraph(
            f"{_taught(found)} A grade that is common among matches and rare among others speaks for one party, by so many "
            "bits: each bit doubles the odds, each below zero halves them. A rare value in common says more than the "
            "average shown here, a common one less. Bits compare one party with unrelated records; where neighbours (one "
            "place) or namesakes (one name) explain the agreement as well, the probability is lower than the bits alone say."
        ),
    ]
    for part in found.matching.model.parts:
        if part.pairs_count <= 1:
            continue
        rows: list[tuple[str, ...]] = []
        for fact in part.facts:
            rows.append((fact.label,))
            bits = fact.bits[1:]
            rows.extend(
                (
                    fact.levels[position],
                    share_text(float(fact.shares[MATCH, position])),
                    share_text(float(fact.shares[UNRELATED, position])),
                    decimal_text(float(bits[position]), 1),
                    match_waterfall.strength(float(bits[position])),
                )
                for position in reversed(range(len(fact.levels)))
            )
        columns = ("Grade", "Among matches", "Among the unrelated", "Bits", "Says")
        blocks.append(Table(columns, tuple(rows), f"Pairs of {part.name}", is_compact=True))
    return blocks
