"""The client's files with the streams that read them, asked about where a person is at hand.

Nobody holds the right to write while a person thinks: it is taken to describe the files and to note answers, and given back
before a question is put.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.pull.answers import note_answers
from toolkit.audit.pull.described import Ask, Described, described_tables, reloaded
from toolkit.audit.pull.memory import remembered_meanings
from toolkit.audit.pull.questions import open_questions
from toolkit.audit.pull.sources import Problem, ReadTables, read_tables
from toolkit.audit.pull.streams import file_reading
from toolkit.audit.pull.unchanged import kept_files
from toolkit.files.raw import RawTable
from toolkit.settings import FILE_NAME, Settings

_MAX_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Offered:
    """Every table of the files, the files that gave none, what they were read by, and what became of them."""

    raws: Sequence[RawTable]
    problems: Sequence[Problem]
    readings: Mapping[str, str]
    found: Described


def asked_files(engagement: Engagement, progress: Progress, ask: Ask) -> Offered:
    """Put every question to a person until none is new, and return the files as they are described then.

    Parameters
    ----------
    engagement
        The engagement; nobody may hold its right to write.
    progress
        What long work reports to.
    ask
        Puts the questions.
    """
    put: set[str] = set()
    offered: Offered | None = None
    for _ in range(_MAX_ROUNDS):
        with engagement.store.writing(f"questions about {engagement.settings.client}"):
            offered = described_files(engagement, progress, offered)
        engagement = offered.found.engagement
        new = {name: one for name, one in open_questions(engagement.settings.questions).items() if name not in put}
        answers = ask(new) if new else {}
        put |= set(new)
        if not answers:
            break
        with engagement.store.writing(f"answers about {engagement.settings.client}"):
            # What somebody else has answered or taken out meanwhile needs no answer any more.
            still = open_questions(reloaded(engagement).settings.questions)
            note_answers(engagement.folder / FILE_NAME, {name: answer for name, answer in answers.items() if name in still})
    if offered is None:
        raise ValueError("No round of questions was begun.")
    return offered


def described_files(engagement: Engagement, progress: Progress, before: Offered | None = None) -> Offered:
    """Return the files with the streams that read them; what is new is written into the settings.

    A file that is as it was is read only where its rows are needed; one that answered settings want read in another way (a
    hidden sheet, an encoding) is read again.

    Parameters
    ----------
    engagement
        The engagement; its right to write is held.
    progress
        What long work reports to.
    before
        What an earlier round found, whose tables are read already.
    """
    read_by = engagement.settings
    known = kept_files(engagement)
    read = ReadTables(before.raws, before.problems, before.readings) if before else read_tables(engagement, progress, known)
    meanings = remembered_meanings()
    found = described_tables(engagement, read.raws, meanings=meanings)
    files = {raw.file for raw in read.raws} | {one.file for one in read.problems}
    if any(_is_read_otherwise(file, read_by, found.engagement.settings) for file in files):
        read = read_tables(found.engagement, progress, known)
        found = _joined(found, described_tables(found.engagement, read.raws, meanings=meanings))
    found = _joined(before.found, found) if before is not None else found
    return Offered(found.raws, read.problems, read.readings, found)


def _is_read_otherwise(file: str, before: Settings, after: Settings) -> bool:
    one, other = file_reading(before, file), file_reading(after, file)
    return (one.hidden_sheets, one.encoding) != (other.hidden_sheets, other.encoding)


def _joined(before: Described, after: Described) -> Described:
    """Return what was found last, with what was proposed and confirmed on the way there."""
    return replace(
        after,
        streams=(*before.streams, *after.streams),
        confirmed=(*before.confirmed, *after.confirmed),
        home=after.home or before.home,
        has_new_settings=before.has_new_settings or after.has_new_settings,
    )
