"""Where the state of an engagement is kept when several people work on it, as ``engagement.yaml`` says it."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from toolkit.rest.vault.references import is_reference, literal_refused
from toolkit.settings.databases import without_secret


def _referring(text: str) -> str:
    if text and not is_reference(text):
        raise ValueError(literal_refused("the password of the state"))
    return text


class StateSettings(BaseModel):
    """A state on a server: its address or where that is kept, where the password is, and which engagement it is of."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: Annotated[str, AfterValidator(without_secret)]
    password: Annotated[str, AfterValidator(_referring)] = ""
    engagement: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
