"""A list of jobs, as a scheduler runs it: steps, what depends on what, and who is told when something goes wrong.

It holds no secret: addresses and keys of alerts are references, and what looks like a secret is refused first of all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pydantic
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from toolkit.errors import InputError, UnknownNameError
from toolkit.notebooks.redaction import SECRET_NAME, looks_secret
from toolkit.rest.vault.references import is_reference, literal_refused
from toolkit.settings.problems import explained, line_of
from toolkit.settings.yaml_text import parsed, plain

OPTIONS: Mapping[str, frozenset[str]] = {
    "pull": frozenset({"systems", "full"}),
    "audit": frozenset({"pdf"}),
    "match": frozenset(),
    "estimate": frozenset(),
    "plan cleanup": frozenset({"system"}),
    "plan sync": frozenset({"system"}),
    "apply": frozenset({"plan", "send", "account", "limit"}),
    "resume": frozenset({"plan", "account"}),
    "report": frozenset({"pdf"}),
    "parallel-run": frozenset({"which"}),
    "cutover": frozenset(),
    "notebook": frozenset({"notebook", "parameters"}),
}
"""What may run without a person, and the options that each takes."""

_FOR_A_PERSON: Mapping[str, str] = {
    "plan approve": "a person agrees to a plan, by name: integration-audit plan approve",
    "replay": "what was refused is tried again when a person has mended it: integration-audit replay",
    "undo": "a person decides that a job is taken back: integration-audit undo",
    "decisions import": "a person's decisions are read in by a person: integration-audit decisions import",
    "engagement confirm": "a person says that a list is rightly small: integration-audit engagement confirm",
    "connect": "a person signs in: integration-audit connect",
}
_NEEDED: Mapping[str, str] = {"plan cleanup": "system", "plan sync": "system", "notebook": "notebook"}
_MAX_STEPS = 100

_BY_REFERENCE: Mapping[str, tuple[str, ...]] = {
    "slack": ("webhook",),
    "webhook": ("url", "secret"),
    "email": ("user", "password", "from", "to"),
}
"""What of a channel is said by reference: it opens the channel, or is a person's address."""

_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$")]
_Scalar = str | int | float | bool


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class StepSettings(_Model):
    """One step: what is run, with what, after which steps, and for how long at most."""

    run: str
    name: _Name = ""
    after: tuple[str, ...] | None = None
    after_partial: Literal["run", "skip"] = "run"
    minutes: Annotated[float, Field(gt=0, le=10_080)] | None = None
    system: str = ""
    systems: tuple[str, ...] = ()
    full: bool = False
    pdf: bool = False
    plan: str = ""
    send: bool = False
    account: str = ""
    limit: Annotated[int, Field(ge=1)] | None = None
    which: str = ""
    notebook: str = ""
    parameters: dict[str, _Scalar] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.run in _FOR_A_PERSON:
            raise ValueError(f"no list of jobs does that: {_FOR_A_PERSON[self.run]}")
        if self.run not in OPTIONS:
            raise ValueError(str(UnknownNameError("step", self.run, OPTIONS)))
        every = frozenset[str]().union(*OPTIONS.values())
        unfit = sorted((self.model_fields_set & every) - OPTIONS[self.run])
        if unfit:
            known = ", ".join(sorted(OPTIONS[self.run])) or "none"
            raise ValueError(f"the step {self.run!r} takes no {unfit[0]!r} (its options: {known})")
        needed = _NEEDED.get(self.run, "")
        if needed and not getattr(self, needed):
            raise ValueError(f"the step {self.run!r} wants {needed!r}, too")
        if self.account and self.run == "apply" and not self.send:
            raise ValueError("'account' goes with 'send: true': files are written for any account")
        if self.limit is not None and not self.send:
            raise ValueError("'limit' goes with 'send: true': files hold every change of the plan")
        return self


class SlackSettings(_Model):
    """A channel of Slack, by the reference to its incoming webhook."""

    webhook: str


class MailSettings(_Model):
    """E-mail: the server that takes it, who signs in there, from whom and to whom, by references."""

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 465
    tls: Literal["from_the_start", "starttls"] = "from_the_start"
    user: str = ""
    password: str = ""
    sender: str = Field(alias="from")
    to: Annotated[tuple[str, ...], Field(min_length=1)]
    ca_file: str = ""


class WebhookSettings(_Model):
    """Any other program: JSON, signed with a secret that both know."""

    url: str
    secret: str
    ca_file: str = ""


State = Literal["failed", "partial", "stopped", "overdue", "recovered"]


class AlertSettings(_Model):
    """Who is told, and of what."""

    on: tuple[State, ...] = ("failed", "partial", "stopped", "overdue", "recovered")
    slack: SlackSettings | None = None
    email: MailSettings | None = None
    webhook: WebhookSettings | None = None


class JobList(_Model):
    """A list of steps with a name, for a scheduler."""

    name: _Name = ""
    engagement: str = ""
    overdue_after_hours: Annotated[float, Field(gt=0, le=100_000)] | None = None
    steps: Annotated[tuple[StepSettings, ...], Field(min_length=1, max_length=_MAX_STEPS)]
    alerts: AlertSettings = AlertSettings()

    @field_validator("steps")
    @classmethod
    def _linked(cls, steps: tuple[StepSettings, ...]) -> tuple[StepSettings, ...]:
        known: list[str] = []
        for number, one in enumerate(steps, start=1):
            name = one.name or one.run
            if name in known:
                raise ValueError(f"two steps are called {name!r}: give step {number} a 'name' of its own")
            missing = [other for other in one.after or () if other not in known]
            if missing:
                raise ValueError(f"step {name!r} comes after {missing[0]!r}, which must stand above it")
            known.append(name)
        return steps

    def linked_steps(self) -> "tuple[LinkedStep, ...]":
        """Return the steps with their names, and the names of those that each waits for; without, the one above."""
        names = [one.name or one.run for one in self.steps]
        return tuple(
            LinkedStep(name, tuple(names[:place][-1:]) if one.after is None else one.after, one)
            for place, (name, one) in enumerate(zip(names, self.steps, strict=True))
        )


@dataclass(frozen=True, slots=True)
class LinkedStep:
    """A step, its name, and the names of the steps that must not have failed before it."""

    name: str
    after: tuple[str, ...]
    step: StepSettings


def load_job_list(path: Path) -> tuple[JobList, Path]:
    """Return a list of jobs, and the folder of its engagement: beside the file, where the file names none.

    Raises
    ------
    InputError
        The file cannot be read, holds what looks like a secret, or says what no step takes; with line and next step.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {error}. It must be a readable text file in UTF-8.") from None
    tree = parsed(text, path)
    _refuse_secrets(plain(tree), tree, path)
    try:
        found = JobList.model_validate(plain(tree))
    except pydantic.ValidationError as error:
        raise InputError(explained(error, tree, path, JobList)) from error
    named = found if found.name else found.model_copy(update={"name": _fitting(path.stem)})
    return named, (path.parent / Path(found.engagement).expanduser()).resolve()


def _fitting(stem: str) -> str:
    """Return the name of a list that says none: that of its file."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem.removesuffix(".jobs")).strip("-._")[:60] or "jobs"


def _refuse_secrets(value: Any, tree: Any, path: Path) -> None:
    """Refuse a file that holds a secret; what stands there is not repeated."""
    for keys, name, text in _texts(value):
        # A step's own options are words of ours; a name that says "secret" may hold a reference, and only under alerts.
        is_named = SECRET_NAME.search(name) is not None
        is_refused = is_named and not (keys[0] == "alerts" and is_reference(text))
        if is_refused or looks_secret(text):
            dotted = ".".join(keys)[:80]
            raise InputError(_place(tree, keys, path) + _no_secret(dotted, is_alert=keys[0] == "alerts"))
    alerts = value.get("alerts") if isinstance(value, Mapping) else None
    for keys, text in _addresses(alerts if isinstance(alerts, Mapping) else {}):
        if not is_reference(text):
            raise InputError(_place(tree, keys, path) + literal_refused(f"the address {'.'.join(keys)}"))


def _no_secret(dotted: str, *, is_alert: bool) -> str:
    if is_alert:
        return literal_refused(f"what looks like a secret ({dotted})")
    return (
        f"{dotted!r} looks like a secret, and no step takes one: this file is stored and shown. Systems are signed in to by "
        "what engagement.yaml refers to (env:NAME, keyring:SERVICE/USER)."
    )


def _place(tree: Any, keys: list[str], path: Path) -> str:
    line = line_of(tree, keys)
    return f"{path.name}, line {line}: " if line else f"{path.name}: "


def _texts(value: Any, keys: tuple[str, ...] = (), name: str = "") -> Iterator[tuple[list[str], str, str]]:
    """Yield each value with where it stands, the nearest name above it, and its text."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            if looks_secret(str(key)):
                yield [*keys, "…"], "", str(key)
            yield from _texts(one, (*keys, str(key)), str(key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _texts(one, (*keys, str(place)), name)
    elif value is not None and not isinstance(value, bool):
        yield [*keys] or [""], name, str(value)


def _addresses(alerts: Mapping[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Yield every address of the alerts: each is a reference, as it opens a channel or names a person."""
    for channel, names in (
        ("slack", ("webhook",)),
        ("webhook", ("url", "secret")),
        ("email", ("user", "password", "from", "to")),
    ):
        said = alerts.get(channel)
        for name in names if isinstance(said, Mapping) else ():
            given = said.get(name) if isinstance(said, Mapping) else None
            for one in given if isinstance(given, list) else [given]:
                if isinstance(one, str) and one:
                    yield ["alerts", channel, name], one
