"""``cleanup:`` and ``sync:`` of ``engagement.yaml``: how records are cleaned up, and which systems follow which."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from toolkit.errors import InputError
from toolkit.plan.cleanup_rules import FILLED, STANDARDS, USUAL_MASTERS, CleanupRules
from toolkit.plan.sync_rules import MIN_PROBABILITY, Blank, Conflict, Dating, Deletes, Level


def _named_list(value: str) -> str:
    """Refuse what names no list of a system."""
    if re.fullmatch(r"[^.\s]+\.[^.\s]+", value) is None:
        raise ValueError("must name a list of a system, such as ledger.customers")
    return value


_Stream = Annotated[str, AfterValidator(_named_list)]
_Probability = Annotated[float, Field(gt=0, le=1)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class CleanupSettings(_Model):
    """How one system is cleaned up; what is not said here is as usual."""

    merge: tuple[str, ...] | None = None
    merge_by: Literal["archive", "vendor"] = "archive"
    masters: tuple[str, ...] = USUAL_MASTERS
    min_probability: _Probability = 0.9
    fields: dict[str, str] = Field(default_factory=dict)
    blank: Blank = "keep"
    standardise: tuple[str, ...] = STANDARDS
    fill: tuple[str, ...] = FILLED
    stale: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    exclude: tuple[str, ...] = ()

    def rules(self, home_country: str | None, writable: dict[str, frozenset[str]] | None) -> CleanupRules:
        """Return the same as rules of planning.

        Parameters
        ----------
        home_country
            Two-letter code, for phone numbers without a country.
        writable
            By stream the columns that the system takes; null: all.
        """
        return CleanupRules(
            merge=None if self.merge is None else frozenset(self.merge),
            masters=self.masters,
            min_probability=self.min_probability,
            fields=self.fields,
            overwrites_blank=self.blank == "overwrite",
            standardise=frozenset(self.standardise),
            fill=frozenset(self.fill),
            stale_months=self.stale,
            codes=self.codes,
            excluded=frozenset(self.exclude),
            home_country=home_country,
            writable=writable,
        )

    @model_validator(mode="after")
    def _known(self) -> Self:
        try:
            self.rules(None, None)
        except InputError as error:
            raise ValueError(str(error).removeprefix("cleanup: ")) from error
        return self


class MissingSettings(_Model):
    """What syncing may do for one handoff: enter what is missing, correct what arrived wrong."""

    create: bool = True
    correct: bool = True
    dated: Dating | None = None
    payment_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    party_stream: str | None = None
    new_parties: bool = True
    values: dict[str, str] = Field(default_factory=dict)


class PartySettings(_Model):
    """Parties of one system that a list of another must have, whether or not a document needs them."""

    from_: str = Field(alias="from")
    to: _Stream
    roles: tuple[str, ...] = ("customer",)
    level: Level = "account"


class FollowingSettings(_Model):
    """Party fields of a system that follow the value chosen for the party; no column: all that were compared."""

    columns: tuple[str, ...] = ()
    formatting: bool = False


class PairSettings(_Model):
    """Fields that two systems keep alike: two-way between ``systems``, or one-way ``from`` one ``to`` another.

    With ``handoff`` they are fields of the documents that it joins.
    """

    columns: Annotated[dict[str, Conflict], Field(min_length=1)]
    systems: tuple[str, str] | None = None
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    handoff: str | None = None
    blank: Blank = "keep"
    deletes: Deletes = "keep"

    @model_validator(mode="before")
    @classmethod
    def _policies(cls, value: object) -> object:
        if isinstance(value, dict) and isinstance(value.get("columns"), list):
            usual = "source_of_truth" if "from" in value else "manual"
            return {**value, "columns": dict.fromkeys(value["columns"], usual)}
        return value

    @model_validator(mode="after")
    def _sides(self) -> Self:
        is_one_way = self.from_ is not None and self.to is not None
        if (self.from_ is None) != (self.to is None) or is_one_way + (self.systems is not None) > 1:
            raise ValueError("must name 'systems' (two-way), or 'from' and 'to' (one-way)")
        if not is_one_way and self.systems is None and self.handoff is None:
            raise ValueError("must name 'systems', 'from' and 'to', or a 'handoff'")
        return self


class StatusSettings(_Model):
    """A status that follows the counterpart's of a handoff; ``change`` is the system that is changed."""

    handoff: str
    change: str
    values: Annotated[dict[str, str], Field(min_length=1)]
    only_from: tuple[str, ...] = ()


class SyncSettings(_Model):
    """Which systems follow which, and by which rules."""

    closed_until: date | None = None
    min_probability: _Probability = MIN_PROBABILITY
    missing: dict[str, MissingSettings] = Field(default_factory=dict)
    parties: tuple[PartySettings, ...] = ()
    fields: dict[str, FollowingSettings] = Field(default_factory=dict)
    two_way: tuple[PairSettings, ...] = ()
    status: tuple[StatusSettings, ...] = ()
