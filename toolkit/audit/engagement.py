"""An engagement: one client's folder, its settings and its store."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from toolkit.audit.shared_state import opened_store
from toolkit.audit.verb_result import complete_line, html_answer
from toolkit.disk import atomic_file, disk_errors
from toolkit.errors import InputError
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.settings import FILE_NAME, LoadedSettings, Settings, load_settings, unusable_text, write_settings
from toolkit.store.shared.place import MARKER
from toolkit.store.state_copy import COPY_NAME
from toolkit.store.state_file import STATE_NAME
from toolkit.store.store import Store
from toolkit.values.counted import counted, listed

_NO_INPUTS: Any = {
    "systems": {"__all__": {"sign_in", "sign_in_to_write", "database_to_write"}},
    "parallel_run": True,
    "cutover": True,
    "state": True,
    "automations": True,
    "answers": True,
    "screening": True,
    "catalogue": True,
    "handoffs": {"__all__": {"data", "format", "steps"}},
}
UNFINISHED = Path(".pulls", "unfinished.json")
"""Below an engagement: which lists a pull over interfaces has still to bring."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """One client's folder, opened; every verb takes it first."""

    folder: Path
    loaded: LoadedSettings
    store: Store

    @property
    def settings(self) -> Settings:
        """What ``engagement.yaml`` says, or the defaults."""
        return self.loaded.settings

    @property
    def has_settings_file(self) -> bool:
        """Whether there is an ``engagement.yaml``."""
        return self.loaded.path is not None

    @property
    def is_trial(self) -> bool:
        """Whether some settings are tried without being written: what is computed then stands beside the rest."""
        return bool(self.loaded.overrides)

    def as_of(self) -> date:
        """Return the day that "today" means: the one in the settings, else the day the newest snapshot was taken."""
        if self.settings.as_of is not None:
            return self.settings.as_of
        taken = self.store.snapshots()["taken_at"].to_pylist()
        newest = max(taken, default=datetime.now(UTC))
        return newest.astimezone(ZoneInfo(self.settings.time_zone)).date()

    def inputs_hash(self) -> str:
        """Return a hash over all that results depend on: snapshots, settings and decisions."""
        snapshots = self.store.snapshots().select(["system", "stream", "sha256"]).to_pylist()
        decisions = self.store.decisions().select(["key_l", "key_r", "decision"]).to_pylist()
        decisions += self.store.rulings().drop_columns(["sequence", "decided_at", "reviewer", "note"]).to_pylist()
        missed = sorted((one.system, one.stream, one.reason) for one in self.store.presences().values())
        read = [snapshots, self.store.intake_sha256(), missed]
        # The same records may lack something, or lack it no more.
        whole = self.store.snapshots().select(["system", "stream", "reasons"]).to_pylist()
        read += [lacking] if (lacking := [one for one in whole if one["reasons"]]) else []
        if (unfinished := self.folder / UNFINISHED).exists():
            read.append(unfinished.read_text("utf-8"))
        # Where a key or the state is kept changes no figure, nor what is agreed on for the days before a client goes live.
        settings = self.settings.model_dump(mode="json", exclude=_NO_INPUTS)
        content: list[Any] = [*read, decisions, settings, str(self.as_of())]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def written_settings(self) -> LoadedSettings:
        """Return the settings as the file has them now, with what is tried on top; without a file those that are known.

        Raises
        ------
        InputError
            The file is not valid any more.
        """
        path = self.folder / FILE_NAME
        overrides = [f"{name}={value}" for name, value in self.loaded.overrides.items()]
        return load_settings(path, overrides) if path.exists() else self.loaded

    def reread(self) -> None:
        """Go on with the settings as the file has them now, for whoever holds the engagement: a screen or a pull wrote them.

        Raises
        ------
        InputError
            The file is not valid any more; what was known of it stays.
        """
        # Frozen for all others: a change of settings is a change of the file.
        object.__setattr__(self, "loaded", self.written_settings())

    def close(self) -> None:
        """Let go of the folder."""
        self.store.close()

    def __repr__(self) -> str:
        return f"Engagement({self.settings.client!r}, {str(self.folder)!r})"

    def _repr_html_(self) -> str:
        # Names that a system wrote on its documents are no records of it.
        snapshots = [one for one in self.store.snapshots().to_pylist() if one["stream"] != NAMES]
        records: Counter[str] = Counter()
        for one in snapshots:
            records[one["system"]] += one["rows"] - one["rows_absent"]
        rows = [
            (
                self._label(system),
                ", ".join(one["stream"].replace("_", " ") for one in snapshots if one["system"] == system),
                f"{count:,}",
                f"{max(one['taken_at'] for one in snapshots if one['system'] == system):%Y-%m-%d %H:%M} UTC",
            )
            for system, count in records.items()
        ]
        lists = f"{counted(records.total(), 'record')} of {counted(len(records), 'system')}"
        trial = f", tried with {', '.join(self.loaded.overrides)}" if self.is_trial else ""
        said = (
            f"Next: {'latest_run(here), or the next notebook.' if snapshots else 'pull_snapshots(here), in 02_snapshots.'}"
        )
        return html_answer(
            f"{self.settings.client}: {lists if snapshots else 'nothing has been read yet'}{trial}.",
            ("system", "lists", "records", "read last"),
            rows,
            said=(*(complete_line(self._gaps(snapshots)) if snapshots else ()), said),
        )

    def _label(self, system: str) -> str:
        given = self.settings.systems.get(system)
        return (given.label if given is not None else "") or system

    def _gaps(self, snapshots: Sequence[Mapping[str, Any]]) -> list[str]:
        """Return what is known to be missing without reading anything: lists that did not come whole, or not at all."""
        parts = [f"{one['system']}/{one['stream']}" for one in snapshots if not one["is_complete"]]
        held = {one["system"] for one in snapshots}
        absent = [self._label(one) for one in self.settings.systems if one not in held]
        return [
            *([f"Not whole: {', '.join(parts)}."] if parts else []),
            *(["The last pull was stopped; pull_snapshots(here) goes on."] if (self.folder / UNFINISHED).exists() else []),
            *([f"Nothing has been read of {listed(absent)}."] if absent else []),
        ]


def open_engagement(folder: str | Path, *, overrides: Iterable[str] = ()) -> Engagement:
    """Open the engagement in ``folder``.

    Parameters
    ----------
    folder
        A folder with an ``engagement.yaml``, or with files that a client sent.
    overrides
        ``path.to.setting=value``, on top of the file.

    Raises
    ------
    InputError
        There is no such folder, or the settings are wrong; the message has file and line.
    """
    path = usable_path(folder)
    if not path.is_dir():
        raise InputError(
            f"There is no folder {str(path)!r}. Create one with 'integration-audit new {path}', or mend the path."
        )
    file = path / FILE_NAME
    overrides = tuple(overrides)
    if any(one.partition("=")[0].split(".")[0].strip() == "state" for one in overrides):
        raise InputError(
            "Where the state is cannot be tried for one run. It is moved by 'integration-audit engagement share'."
        )
    store = opened_store(path)
    try:
        _mend_settings(store, file)
        if file.exists():
            loaded = load_settings(file, overrides)
        else:
            name = "".join(one if one.isprintable() else " " for one in path.resolve().name).strip()
            loaded = LoadedSettings(Settings(client=name or "client"), None)
    except BaseException:
        store.close()
        raise
    return Engagement(path.resolve(), loaded, store)


def existing_engagement(folder: str | Path, *, overrides: Iterable[str] = ()) -> Engagement:
    """Open the engagement in ``folder``; where there is none, nothing is made there.

    Parameters
    ----------
    folder
        A folder with an ``engagement.yaml``, with files in ``exports``, or in which something was read before.
    overrides
        ``path.to.setting=value``, on top of the file.

    Raises
    ------
    InputError
        It is no engagement, there is no such folder, or the settings are wrong.
    """
    path = usable_path(folder)
    if path.is_dir() and not is_engagement(path):
        raise InputError(
            f"This is no engagement: {path.resolve()} has no {FILE_NAME}, and nothing was read there. Name the engagement's "
            f"folder, or begin one: integration-audit new DIR"
        )
    return open_engagement(path, overrides=overrides)


def is_engagement(folder: Path) -> bool:
    """Return whether a folder is an engagement, or files were put where those of one stand.

    Parameters
    ----------
    folder
        Any that is there.
    """
    exports = folder / "exports"
    signs = (FILE_NAME, STATE_NAME, COPY_NAME, MARKER, "snapshots")
    return any((folder / name).exists() for name in signs) or (exports.is_dir() and any(exports.iterdir()))


def _mend_settings(store: Store, file: Path) -> None:
    """Put ``engagement.yaml`` back when it is gone, empty or cut off in a line: nothing else holds what people know."""
    kept = store.kept_settings()
    if not kept or store.is_read_only:
        return
    now = file.read_bytes().decode("utf-8-sig", "replace") if file.exists() else ""
    is_cut = kept.startswith(now) and len(now) < len(kept.rstrip()) and not now.endswith("\n")
    if now.strip() and not is_cut:
        return
    was_there = file.exists()
    aside = put_back(file.parent, kept)
    fault = "ended in the middle of a line" if now.strip() else "was empty" if was_there else "was gone"
    left = f" What stood there is {aside.name}." if aside else ""
    store.say_next(f"{FILE_NAME} {fault}; it was put back as it was in the last audit.{left}")


def put_back(folder: Path, text: str) -> Path | None:
    """Write ``engagement.yaml`` as it was kept; what stood there is kept beside it, and returned."""
    path = folder / FILE_NAME
    aside = None
    if path.exists() and path.stat().st_size:
        aside = path.with_name(f".{FILE_NAME}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        with disk_errors(path):
            path.replace(aside)
    with atomic_file(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    return aside


def usable_path(folder: str | Path) -> Path:
    """Return a path whose name every file, database and page can hold.

    Raises
    ------
    InputError
        Its name is not text; the message says what it holds.
    """
    reason = unusable_text(str(folder))
    if reason:
        raise InputError(f"The name of the folder {str(folder)[:200]!r} {reason}. Rename it, or mend the path.")
    return Path(folder).expanduser()


def new_engagement(folder: str | Path, *, client: str, currency: str, country: str, time_zone: str) -> Path:
    """Create an empty engagement and return the path of its ``engagement.yaml``.

    Parameters
    ----------
    folder
        Created when missing; it may hold files, but no ``engagement.yaml``.
    client
        The client's name as reports show it.
    currency, country
        ISO 4217, e.g. ``EUR``, and two letters of ISO 3166, e.g. ``DE``: what counts where a record says nothing.
    time_zone
        IANA name, e.g. ``Europe/Berlin``, for times without a zone and for days.

    Raises
    ------
    InputError
        The folder already holds an engagement, or a value is not valid.
    """
    path = usable_path(folder)
    file = path / FILE_NAME
    if file.exists():
        raise InputError(f"{file} is already there. Choose another folder, or edit that file.")
    write_settings(file, settings_text(client=client, currency=currency, country=country, time_zone=time_zone))
    Store(path).close()
    return file.resolve()


def settings_text(*, client: str, currency: str, country: str, time_zone: str) -> str:
    """Return a commented ``engagement.yaml`` without systems.

    Parameters
    ----------
    client
        Any text; it is quoted.
    currency, country, time_zone
        As in `new_engagement`; not checked here.
    """
    return _TEMPLATE.format(
        client=json.dumps(client, ensure_ascii=False),
        currency=json.dumps(currency),
        country=json.dumps(country),
        time_zone=json.dumps(time_zone),
    )


_TEMPLATE = """\
# What is known of this engagement. No secret belongs here. docs/engagement.md explains every key.
client: {client}
currency: {currency}          # of the report
country: {country}            # how phones, dates and tax ids are read
time_zone: {time_zone}        # of times that carry no zone

# One entry per system; drop its exports into exports/<name>/.
#   crm: {{connector: hubspot, category: crm, owner: Sales}}
systems: {{}}

# Who decides: per entity a system, or a system per field.
#   party: {{default: crm, tax_id: ledger}}
sources_of_truth: {{}}

# Who carries which data by hand. What can be measured is measured; minutes come from the people who do it.
#   deal_to_project:
#     from: crm.deals
#     to: projects.projects
#     by: Dana
#     trigger: status_change
#     carrier: copy
#     minutes_per_item: {{value: [10, 15, 25], evidence: interview, who: Dana, on: 2026-10-02}}
handoffs: {{}}

# Money. day_rate has no default: without it no price of a connection is shown.
#   loaded_rate_per_hour: {{value: 31, evidence: document}}
#   day_rate: 650
rates: {{}}
"""
