"""Answers as a person wrote them, by id and file, turned into answers by record key."""

from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa

from toolkit.errors import TableError
from toolkit.match.records.joint_records import JointRecords
from toolkit.match.review.answers import ANSWER, ANSWERS

_NEEDED = ("id_l", "id_r", "answer")


@dataclass(frozen=True, slots=True)
class AnswersByKey:
    """Answers with the columns of ``answers.ANSWER``, and why the others could not be taken, a sentence each."""

    answers: pa.Table
    problems: tuple[str, ...]


def answers_by_key(joint: JointRecords, answers: pa.Table, *, is_link: bool = False) -> AnswersByKey:
    """Return answers by the keys of the records that they name.

    Parameters
    ----------
    joint
        The records that can be named.
    answers
        ``id_l, id_r, answer`` and, where an id occurs in several files, ``file_l, file_r``.
    is_link
        Whether ``id_l`` is of the first file and ``id_r`` of the second, unless files are named.

    Raises
    ------
    TableError
        A column is missing.
    """
    missing = [name for name in _NEEDED if name not in answers.column_names]
    if missing:
        raise TableError(f"The answers lack column {missing[0]!r}. They need {', '.join(_NEEDED)}.")
    rows = answers.to_pylist()
    wanted = {str(row[name]) for row in rows for name in ("id_l", "id_r") if row[name] is not None}
    files_of = _files_of(joint, wanted)
    taken: list[dict[str, str]] = []
    problems: list[str] = []
    for row in rows:
        if row["answer"] not in ANSWERS:
            problems.append(
                f"{row['id_l']!r} and {row['id_r']!r}: {row['answer']!r} is no answer. Write {', '.join(ANSWERS)}."
            )
            continue
        keys = []
        for side, name in enumerate(("l", "r")):
            found = _key(joint, files_of, row.get(f"id_{name}"), row.get(f"file_{name}"), side if is_link else None)
            keys += [found.text] if found.is_key else []
            problems += [] if found.is_key else [found.text]
        if len(keys) == 2 and keys[0] == keys[1]:
            problems.append(f"{row['id_l']!r} stands on both sides of one answer. Copy both ids from the original.")
        elif len(keys) == 2:
            taken.append({"key_l": keys[0], "key_r": keys[1], "answer": row["answer"]})
    return AnswersByKey(pa.Table.from_pylist(taken, schema=ANSWER), tuple(dict.fromkeys(problems)))


@dataclass(frozen=True, slots=True)
class _Named:
    """A record key, or why there is none, in a sentence."""

    text: str
    is_key: bool


def _files_of(joint: JointRecords, wanted: set[str]) -> dict[str, list[int]]:
    """Return the positions of the files that hold each wanted id."""
    files_of: dict[str, list[int]] = defaultdict(list)
    keys = joint.records["record_key"]
    known = set(keys.to_pylist())
    for record_id in wanted:
        for position in range(len(joint.files)):
            if joint.key(position, record_id) in known:
                files_of[record_id].append(position)
    return files_of


def _key(joint: JointRecords, files_of: dict[str, list[int]], given: object, file: object, side: int | None) -> _Named:
    if given is None:
        return _Named("An answer lacks an id. Copy both from the original.", is_key=False)
    record_id = str(given)
    positions = files_of.get(record_id, [])
    if file is not None:
        if file not in joint.files:
            return _Named(f"There is no file {file!r} in this run; the answer on {record_id!r} was left out.", is_key=False)
        positions = [one for one in positions if joint.files[one] == file]
    elif side is not None:
        positions = [one for one in positions if one == side]
    if not positions:
        place = f" in {file or joint.files[side or 0]}" if file is not None or side is not None else ""
        return _Named(f"There is no record {record_id!r}{place}; its answer was left out.", is_key=False)
    if len(positions) > 1:
        files = " and ".join(joint.files[one] for one in positions)
        return _Named(f"Id {record_id!r} occurs in {files}. Add file_l and file_r to the answers.", is_key=False)
    return _Named(joint.key(positions[0], record_id), is_key=True)
