"""What is kept of a client's landscape beside systems and handoffs: automations, answers, screening, catalogue."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
Said = Literal["yes", "no"]
Confidence = Literal["high", "medium", "low"]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class AutomationSettings(_Model):
    """A link between two systems that runs by itself already, whoever built it.

    ``from`` and ``to`` are systems. ``reaches`` is what its access lets it read or write there, in the vendor's words.
    """

    tool: str = ""
    from_: _Name = Field(alias="from")
    to: _Name
    trigger: str = ""
    owner: str = ""
    last_success: date | None = None
    failure_mode: str = ""
    reaches: tuple[str, ...] = ()
    reviewed_on: date | None = None
    note: str = ""


class AnswerSettings(_Model):
    """What somebody answered to a question of an interview, when, and how sure that person is."""

    question: Annotated[str, Field(min_length=1)]
    answer: Annotated[str, Field(min_length=1)]
    who: Annotated[str, Field(min_length=1)]
    on: date
    confidence: Confidence
    about: str = ""


class ScreeningSettings(_Model):
    """The eight signs that an integration is worth a look, and from how many hours a week hand work is one.

    What is left out is not known; the last four are told by the handoffs too.
    """

    hours_of_entry_per_week: Annotated[float, Field(ge=0, le=10_000)] | None = None
    threshold_hours_per_week: Annotated[float, Field(gt=0, le=10_000)] = 5.0
    reconciled_between_systems: Said | None = None
    mistakes_from_two_places: Said | None = None
    invoices_delayed: Said | None = None
    copied_between_screens: Said | None = None
    files_exported_and_imported: Said | None = None
    entered_in_several_places: Said | None = None
    updated_from_reports: Said | None = None


class CategorySettings(_Model):
    """A kind of system that the catalogue lacks, or says otherwise: what a client calls it, and how one connects to it."""

    label: Annotated[str, Field(min_length=1)]
    interface: str = ""


class ProductSettings(_Model):
    """A product that the catalogue lacks, or facts of it that changed, with when and where they were read."""

    label: str = ""
    category: str = ""
    interface: Literal["", "rest", "graphql", "query", "odata", "soap", "sql", "files", "none"] = ""
    formats: tuple[str, ...] = ()
    id_fields: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    note: str = ""
    as_of: date
    source: Annotated[str, Field(min_length=1)]


class CatalogueSettings(_Model):
    """What this engagement adds to the catalogue of categories and products, or changes in it."""

    categories: dict[_Name, CategorySettings] = Field(default_factory=dict)
    products: dict[_Name, ProductSettings] = Field(default_factory=dict)


class StepSettings(_Model):
    """One step of a handoff as it is done by hand: what is done, where, and how many minutes it takes."""

    does: Annotated[str, Field(min_length=1)]
    where: str = ""
    minutes: Annotated[float, Field(ge=0, le=10_000)] | None = None
