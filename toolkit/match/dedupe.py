"""Duplicates in tables of any shape, or links between two, without an engagement.

Pure: tables in, tables out. Ids leave as they came, verbatim.
"""

from dataclasses import dataclass, field
from functools import reduce
from html import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError
from toolkit.match.dedupe_tables import LevelColumns, cluster_rows, pair_rows
from toolkit.match.parties import MIN_MATCH_PROBABILITY, MIN_REVIEW_PROBABILITY, Matching, matched_parties
from toolkit.match.records.joint_records import JointRecords
from toolkit.match.review.answers import checked_answers
from toolkit.match.review.answers_by_id import answers_by_key
from toolkit.match.review.decision_worth import by_worth

MAX_CANDIDATES = 10_000
"""Rows of ``candidates``: the pairs put aside for review on which most hangs."""


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """What was found, as the files that leave.

    Attributes
    ----------
    pairs
        Pairs held to be the same: ``id_l, id_r, file_l, file_r, match_probability, match_weight``, then a level per fact.
    clusters
        ``record_id, cluster_id, file``: every record, single ones too.
    candidates
        Pairs put aside for a person, one of any two groups, those first on which most hangs: the columns of ``pairs``,
        ``decision`` and ``reason``; at most ``MAX_CANDIDATES``.
    related
        Pairs that are not the same but belong together (sister companies, households, branches); columns as candidates.
    joint
        The records of all files, what their columns were taken for, and how they are named.
    matching
        Everything else: model, levels and bits of each pair, what the model expects at each threshold.
    is_link
        Whether records of two files were linked one to one, instead of duplicates found.
    answers_count
        Answers of a person that were obeyed.
    problems
        What was wrong with the other answers, a sentence each.
    parties_count
        Different parties among the records.
    """

    pairs: pa.Table
    clusters: pa.Table
    candidates: pa.Table
    related: pa.Table
    joint: JointRecords
    matching: Matching
    is_link: bool = False
    answers_count: int = 0
    problems: tuple[str, ...] = ()
    parties_count: int = field(init=False)

    def __post_init__(self) -> None:
        # Counted once: every sentence about the result asks for it.
        object.__setattr__(self, "parties_count", int(pc.count_distinct(self.clusters["cluster_id"]).as_py()))

    @property
    def kinds(self) -> dict[str, tuple[str, str]]:
        """Field to its kind and the reason."""
        return {field.name: (field.kind, field.reason) for field in self.joint.fields}

    @property
    def ids(self) -> dict[str, str]:
        """File to how its records are named, in a sentence."""
        return self.joint.naming

    @property
    def records_count(self) -> int:
        """Records of all files."""
        return int(self.clusters.num_rows)

    @property
    def review_count(self) -> int:
        """Pairs put aside for a person, also those beyond ``MAX_CANDIDATES``."""
        return int(pc.sum(pc.equal(self.matching.pairs["decision"], "review")).as_py() or 0)

    def summary(self) -> str:
        """Return what was found in one or two plain sentences."""
        count, waiting = self.records_count, _counted(self.review_count, "pair is", "pairs are")
        review = f"{waiting} too close to call and put aside for a person." if self.review_count else ""
        if self.is_link:
            left = int(pc.sum(pc.equal(self.clusters["file"], self.joint.files[0])).as_py() or 0)
            linked = _counted(self.pairs.num_rows, "record", "records")
            return f"{linked} of the {left:,} in {self.joint.files[0]} found in {self.joint.files[1]}. {review}".strip()
        repeats = count - self.parties_count
        if not repeats:
            every = _counted(count, "record", "records")
            return f"No record is a duplicate of another: {every}, all different. {review}".strip()
        verb = "is a repeat" if repeats == 1 else "are repeats"
        remain = _counted(self.parties_count, "different one remains", "different ones remain")
        return f"{repeats:,} of the {count:,} records {verb} of another: {remain}. {review}".strip()

    def _repr_html_(self) -> str:
        table = self.pairs.slice(0, 20).to_pandas().to_html(escape=True, index=False)
        return f"<p>{escape(self.summary())}</p>{table}"


def matched_records(
    joint: JointRecords,
    *,
    is_link: bool = False,
    answers: pa.Table | None = None,
    min_match_probability: float = MIN_MATCH_PROBABILITY,
) -> Deduplicated:
    """Return which records of all files are one, one cluster over all of them.

    Parameters
    ----------
    joint
        From ``joint_records``.
    is_link
        Link the records of two files one to one, instead of looking for duplicates within each and across them.
    answers
        Labelled pairs, ``id_l, id_r, answer`` (same, not_same, unsure), and ``file_l, file_r`` where an id occurs in
        several files: obeyed, and learned from. Answers that name unknown records or contradict each other are not;
        ``problems`` names them.
    min_match_probability
        From here on (above 0 and below 1) a pair is held to be the same.

    Raises
    ------
    InputError
        The threshold is not a probability, or not two files are to be linked.
    """
    if not 0 < min_match_probability < 1:
        raise InputError(f"The threshold is a probability between 0 and 1, such as 0.75; it got {min_match_probability:g}.")
    if is_link and len(joint.files) != 2:
        raise InputError(f"Links are made between two files; {len(joint.files)} were given. Leave --link out, or give two.")
    by_key = None if answers is None else answers_by_key(joint, answers, is_link=is_link)
    checked = None if by_key is None else checked_answers(by_key.answers, named=joint.words)
    matching = matched_parties(
        _heard(joint, checked.decisions if checked else None),
        kinds=joint.compared,
        decisions=checked.decisions if checked else None,
        answered=checked.decisions if checked else None,
        is_link=is_link,
        min_match_probability=min_match_probability,
        min_review_probability=min(MIN_REVIEW_PROBABILITY, min_match_probability),
    )
    levels = LevelColumns(matching)
    pairs = matching.pairs.append_column("row", pa.array(np.arange(matching.pairs.num_rows)))
    same, review, related = (pairs.filter(pc.equal(pairs["decision"], word)) for word in ("same", "review", "related"))
    surest = [("match_weight", "descending"), ("key_l", "ascending"), ("key_r", "ascending")]
    return Deduplicated(
        pairs=pair_rows(joint, levels, same).drop_columns(["decision", "reason"]),
        clusters=cluster_rows(joint, matching),
        candidates=pair_rows(joint, levels, by_worth(review, matching.clusters, is_once=True).slice(0, MAX_CANDIDATES)),
        related=pair_rows(joint, levels, related.sort_by(surest).slice(0, MAX_CANDIDATES)),
        joint=joint,
        matching=matching,
        is_link=is_link,
        answers_count=checked.count if checked else 0,
        problems=(*by_key.problems, *checked.problems) if by_key and checked else (),
    )


def _heard(joint: JointRecords, decisions: pa.Table | None) -> pa.Table:
    """Return the records that say anything, or that a person decided about: the others are each their own."""
    records = joint.records
    says = [pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(records[field]), ""), False) for field in joint.compared]
    if decisions is not None:
        told = pa.concat_arrays([decisions[key].combine_chunks() for key in ("key_l", "key_r")])
        says.append(pc.is_in(records["record_key"], value_set=told))
    is_heard = reduce(pc.or_, says)
    return records if pc.all(is_heard).as_py() else records.filter(is_heard).combine_chunks()


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
