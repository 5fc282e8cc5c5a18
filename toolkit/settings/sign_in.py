"""How to sign in to a system, as ``engagement.yaml`` says it: references to secrets, never a secret."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.connector.sign_in import ClientAuth
from toolkit.errors import UnknownNameError
from toolkit.rest.vault.references import is_reference, literal_refused

SECRET_NAMES = ("key", "token", "password", "client_secret", "private_key", "refresh_token")
"""Settings that may only say where a secret is kept."""

_Address = Annotated[str, Field(pattern=r"^(|https://.+|http://(localhost|127\.0\.0\.1)(:\d+)?(/.*)?)$")]
_Header = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]*$")]
_Names = Annotated[tuple[str, ...], BeforeValidator(lambda value: value.split() if isinstance(value, str) else value)]


class SignInSettings(BaseModel):
    """One way to sign in: what the vendor's own description lacks, and where the client's secrets are kept."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, hide_input_in_errors=True)

    way: str = ""
    key: str = ""
    token: str = ""
    user: str = ""
    password: str = ""
    client_id: str = ""
    client_secret: str = ""
    private_key: str = ""
    refresh_token: str = ""
    header: _Header = ""
    prefix: str = ""
    query: str = ""
    authorize_url: _Address = ""
    token_url: _Address = ""
    revoke_url: _Address = ""
    audience: str = ""
    scopes: _Names = ()
    scope_separator: Literal["", " ", ","] = ""
    authorize_extra: dict[str, str] = Field(default_factory=dict)
    refresh_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    client_auth: ClientAuth | None = None
    redirect_port: Annotated[int, Field(ge=0, le=65535)] = 8400
    places: dict[str, str] = Field(default_factory=dict)
    tells: dict[str, str] = Field(default_factory=dict)
    expires_on: date | None = None

    @model_validator(mode="after")
    def _refers(self) -> Self:
        if self.way:
            # What signs in loads half of what a pull needs, and most settings say nothing of it.
            from toolkit.rest.ways import ways

            if self.way not in ways():
                raise ValueError(str(UnknownNameError("way to sign in", self.way, ways())))
        for name in SECRET_NAMES:
            if (said := getattr(self, name)) and not is_reference(said):
                raise ValueError(literal_refused(f"the {name.replace('_', ' ')}"))
        if self.query:
            raise ValueError(
                "a key is not sent in an address, because addresses stand in logs and histories; write the name of the "
                "header that the vendor takes it in (header: X-API-Key)"
            )
        return self

    def given(self) -> dict[str, str]:
        """Return where each value is kept, or, of one that is no secret, the value."""
        return {name: said for name in (*SECRET_NAMES, "client_id", "user") if (said := getattr(self, name))}
