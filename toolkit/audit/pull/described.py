"""A client's tables with the streams that read them: what the settings lack is proposed, written, and read back.

Rows are read by the settings only, in the first audit as in every later one. So an unchanged folder gives the same
systems, records and figures each time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.answers import Confirmed, apply_answers
from toolkit.audit.pull.client_home import Home, client_home
from toolkit.audit.pull.hidden_sheets import hidden_sheet_questions
from toolkit.audit.pull.lacking_headers import lacking_headers
from toolkit.audit.pull.outlines import Outline, whole_tables
from toolkit.audit.pull.proposal import Proposal, ProposedStream, proposal
from toolkit.audit.pull.questions import currency_question
from toolkit.audit.pull.settings_text import grow_settings, write_first_settings
from toolkit.audit.pull.sources import Source, assigned_sources
from toolkit.audit.pull.unchanged import kept_streams
from toolkit.audit.pull.understanding import Understood, understood_table, understood_tables
from toolkit.files.interpreted import shown_headers
from toolkit.files.raw import RawTable
from toolkit.settings import FILE_NAME, QuestionSettings, Settings

Ask = Callable[[Mapping[str, QuestionSettings]], Mapping[str, str]]
"""Puts questions to a person and returns the answers, by the names of the questions; what was skipped is not in it."""

_MAX_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Described:
    """The engagement with its settings as they are now, every table with its stream, and what became of the rest.

    ``streams`` are those proposed in this pull; ``confirmed`` what answers said of columns; ``lacking`` says by system
    and stream which columns that the settings name stand in no file; ``raws`` are the tables of the files, with rows where
    those were needed.
    """

    engagement: Engagement
    sources: tuple[Source, ...]
    refused: tuple[Understood, ...]
    streams: tuple[ProposedStream, ...]
    confirmed: tuple[Confirmed, ...]
    home: Home | None
    has_new_settings: bool
    lacking: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    raws: Sequence[RawTable] = ()


def described_tables(engagement: Engagement, raws: Sequence[RawTable], *, meanings: Mapping[str, str]) -> Described:
    """Return every table with the stream that reads it, after what is new was written into the settings.

    Parameters
    ----------
    engagement
        The engagement.
    raws
        Every table of every file, or its outline.
    meanings
        Header to meaning, as confirmed at other clients.

    Raises
    ------
    InputError
        The settings name a column that a file does not have, and that is a slip of the pen.
    """
    path = engagement.folder / FILE_NAME
    streams: list[ProposedStream] = []
    confirmed: list[Confirmed] = []
    home: Home | None = None
    has_new = False
    lacking: Mapping[tuple[str, str], tuple[str, ...]] = {}
    for _ in range(_MAX_ROUNDS):
        if engagement.has_settings_file:
            # An answer may have been noted since the settings were read.
            engagement = reloaded(engagement)
            confirmed += apply_answers(path, engagement.settings)
            engagement = reloaded(engagement)
        raws, sources = _assigned(engagement, raws)
        if engagement.has_settings_file:
            lacking = lacking_headers(path, sources, engagement.settings)
        else:
            home = _home(sources)
        found = _proposed(engagement.settings, sources, meanings, home)
        known = [one for one in sources if one.stream is not None]
        if not engagement.has_settings_file:
            if not known and not found.streams and not found.questions:
                return Described(engagement, (), found.refused, (), (), home, has_new_settings=False, raws=raws)
            if home is not None and not home.currency and _has_amounts(known, found.streams):
                found = replace(found, questions={**found.questions, **currency_question(home.country)})
            write_first_settings(path, engagement.settings.client, known, found, home or Home())
            is_written = True
        else:
            is_written = grow_settings(path, engagement.settings, found)
        streams += found.streams
        has_new = has_new or is_written
        if not is_written:
            break
        engagement = reloaded(engagement)
    return Described(
        engagement,
        tuple(known),
        found.refused,
        tuple(streams),
        tuple(confirmed),
        home,
        has_new_settings=has_new,
        lacking=lacking,
        raws=raws,
    )


def _assigned(engagement: Engagement, raws: Sequence[RawTable]) -> tuple[Sequence[RawTable], list[Source]]:
    """Return tables, and each with its stream; outlined are those alone whose streams need not be read."""
    sources = assigned_sources(raws, engagement.settings)
    while outlined := [one for one in sources if isinstance(one.raw, Outline)]:
        kept = kept_streams(engagement, [one for one in sources if one.stream is not None])
        needed = {one.raw.file for one in outlined if one.stream is None or (one.system, one.stream.name) not in kept}
        if not needed:
            break
        raws = whole_tables(raws, needed)
        sources = assigned_sources(raws, engagement.settings)
    return raws, sources


def reloaded(engagement: Engagement) -> Engagement:
    """Return the engagement with the settings that its file holds now."""
    return replace(engagement, loaded=engagement.written_settings())


def _has_amounts(known: Sequence[Source], streams: Sequence[ProposedStream]) -> bool:
    is_own = any("amount_minor" in one.mapping.get("fields", {}) for one in streams)
    return is_own or any(one.stream is not None and "amount_minor" in one.stream.fields for one in known)


def _proposed(settings: Settings, sources: Sequence[Source], meanings: Mapping[str, str], home: Home | None) -> Proposal:
    unclaimed = [one for one in sources if one.stream is None]
    # A country that nobody wrote down is no evidence for anything.
    country = settings.country if "country" in settings.model_fields_set else (home.country if home else "") or None
    tables = understood_tables(unclaimed, settings, meanings=meanings, country=country)
    known = [one for one in sources if one.stream is not None]
    found = proposal(tables, known, settings)
    read = [(one.raw, f"{one.system}.{one.stream.name}") for one in known if one.stream is not None]
    return replace(found, questions={**found.questions, **hidden_sheet_questions([*read, *found.read])})


def _home(sources: Sequence[Source]) -> Home:
    """Return where the client seems to be at home, by all tables, vendors' too."""
    filled = [one for one in sources if one.raw.rows.num_rows and one.raw.headers]
    named = [(replace(one.raw, headers=shown_headers(one.raw.headers)), one.stream) for one in filled]
    return client_home((raw, understood_table(raw), stream) for raw, stream in named)
