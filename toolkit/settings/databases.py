"""How a database is read, as ``engagement.yaml`` says it: its address without a secret, and the rows of each stream."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from toolkit.connector import Changed, Reading
from toolkit.databases.database import Database
from toolkit.settings.sign_in import SignInSettings


def without_secret(url: str) -> str:
    """Return an address of a database that holds no secret; `ValueError` says why it does."""
    # Whoever has no database never waits for what opens one to be loaded.
    from toolkit.databases.addresses import address_fault

    if fault := address_fault(url):
        raise ValueError(fault)
    return url


def _one_select(text: str) -> str:
    from toolkit.databases.statements import statement_fault

    if text and (fault := statement_fault(text)):
        raise ValueError(fault)
    return text


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DatabaseSettings(_Model):
    """The database of a system: where it stands, and how carefully it is read."""

    url: Annotated[str, AfterValidator(without_secret)]
    at_once: Annotated[int, Field(ge=1, le=8)] = 2
    look_back_minutes: Annotated[int, Field(ge=0)] = 10
    user_may_only_read: bool = False

    def database(self, sign_in: SignInSettings | None, *, zone: str, home: str) -> Database:
        """Return the database as its room takes one.

        Parameters
        ----------
        sign_in
            Its user, and where the password is kept.
        zone
            Whose time a stamp without a zone tells.
        home
            The engagement's folder.
        """
        said = sign_in or SignInSettings()
        return Database(self.url, said.user, said.password, self.at_once, self.user_may_only_read, zone, home)


class RowsSettings(_Model):
    """The rows of one stream: a table, a view or one SELECT; the columns that say when one was changed, or is gone."""

    table: str = ""
    select: Annotated[str, AfterValidator(_one_select)] = ""
    changed_since: str = ""
    deleted: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.table) == bool(self.select):
            raise ValueError("must name a 'table', or hold one 'select'")
        return self

    def reading(self) -> Reading:
        """Return the rows as a list that is asked for."""
        changed = Changed(self.changed_since, param=self.changed_since) if self.changed_since else None
        return Reading(self.table, body=self.select, changed=changed, form="json_lines")
