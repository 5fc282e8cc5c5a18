"""The requests that change records over an interface, as data; paths of values are names with dots, as everywhere."""

from dataclasses import dataclass
from typing import Literal

WriteMethod = Literal["POST", "PUT", "PATCH", "DELETE"]
BodyForm = Literal["json", "form"]
"""How a body is written: as JSON, or as fields of a web form (``metadata[note]=…``)."""
CallForm = Literal["json", "form", "soap"]
"""The same of a single request, which may be an envelope of SOAP, too: its body is written as JSON all the same."""


@dataclass(frozen=True, slots=True)
class OneCall:
    """The request that reads one record; where it is a POST, its body names the record at ``id_path``.

    An id takes the form of what stands there in ``body``: a number takes the place of a number, and a text with ``{id}``
    holds it there.
    """

    path: str
    method: Literal["GET", "POST"] = "GET"
    query: tuple[tuple[str, str], ...] = ()
    body: str = ""
    id_path: str = ""


@dataclass(frozen=True, slots=True)
class Hanging:
    """A list that must be empty before a record is taken away: what is in it would go too, or would hang in the air.

    ``{id}`` in its query is the record; what is found at ``at`` of the answer keeps it, and ``why`` says so.
    """

    path: str
    query: tuple[tuple[str, str], ...]
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is asked again and again until a change has ended that the vendor carries out behind its answer.

    ``work_at`` is where the answer to the change names the work, which ``call`` asks for by ``id_path`` of its body. At
    ``state_at`` of that answer stands one of ``done`` or ``failed`` in the end, at ``why_at`` why it failed, at ``id_at``
    in which record it ended. It is asked at once, then after ``pause_s`` seconds, twice as many, and so on; for
    ``at_most_s`` seconds in all.
    """

    call: OneCall
    work_at: str
    state_at: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    why_at: str
    id_at: str = ""
    pause_s: float = 0.5
    at_most_s: float = 120.0


@dataclass(frozen=True, slots=True)
class WriteCall:
    """One kind of request that changes a record; ``body`` (JSON text) is sent beside the changed fields.

    ``query`` stands in its address; a ``path`` with two slashes in front begins at the host, ``{key}`` in it is the key of
    the change. ``id_path`` is where its body names the record, where the path does not (in the form of what stands there in
    ``body``). ``inside`` is where the record stands in its answer, where that is another place than when it is read;
    ``id_at`` is where the answer says the id, where it holds no record, and ``id_within`` the text in which it stands there
    (``gid://shop/Customer/{id}``). At ``refused`` of an answer stands why nothing was taken, though the answer is one of
    success. ``stays_path`` is where the body of an archive names the record that stays. ``unless`` are paths of the record
    as it stands, each with the sentence why the change is not made where something stands there; ``hanging`` are lists that
    must be empty. ``body_inside`` is where the fields stand in its body, where that is another place than in other requests;
    ``form`` how its body is written, where it is written otherwise than those. ``awaited`` is what is asked until it has
    ended, where the vendor does it behind its answer.
    """

    method: WriteMethod
    path: str
    body: str = ""
    has_fields: bool = True
    query: tuple[tuple[str, str], ...] = ()
    id_path: str = ""
    inside: str = ""
    id_at: str = ""
    refused: tuple[str, ...] = ()
    stays_path: str = ""
    unless: tuple[tuple[str, str], ...] = ()
    hanging: tuple[Hanging, ...] = ()
    body_inside: str | None = None
    form: CallForm | Literal[""] = ""
    id_within: str = ""
    awaited: Awaited | None = None
