"""A vendor's own merge of two records, as data: how it is asked for, what the vendor says beforehand, what it loses."""

from dataclasses import dataclass
from typing import Literal

from toolkit.connector.write_calls import OneCall, WriteCall


@dataclass(frozen=True, slots=True)
class AlsoNamed:
    """A further place of a body that names the record that stays, in ``template``: if that one has a value at ``needs``."""

    path: str
    needs: str
    template: str = "{id}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What the vendor says of a merge before it is sent; ``call`` changes nothing.

    Its body names the record that goes at ``id_path``, the one that stays at ``into_path`` and at those of ``into_also``.
    ``stays_at`` is where the answer says which of the two would stay, ``id_within`` the text in which the id stands there.
    At ``refused`` stands why it would not be merged; one that says ``wait`` (a pattern) is being merged already. ``unless``
    are places of the answer that hold something only where it would not be merged, each with the sentence why. ``shown``
    are places of what is told to whoever decides, each with what it is.
    """

    call: OneCall
    into_path: str
    stays_at: str
    id_within: str = ""
    into_also: tuple[AlsoNamed, ...] = ()
    refused: tuple[str, ...] = ()
    wait: str = ""
    unless: tuple[tuple[str, str], ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """The vendor's own merge: one record goes into another, with all that refers to it.

    ``{id}`` in the path of ``call``, or ``id_path`` of its body, is the record that goes; ``{into}``, or ``into_path``, the
    one that stays; ``into_also`` are further places of the body that name it. ``merged_at`` is where the one that goes says
    afterwards into which it went; where nothing says so, it is gone, or its id leads to the other. ``where`` asks of one
    that is gone into which it went, which stands at ``where_at``. With ``is_new_id`` the record that stays has a new id
    then, and both old ones lead to it. ``lost`` says in sentences what nobody can bring back; ``before`` are further
    requests whose answers are kept before (associations, histories of fields), ``{id}`` in them being the record that goes.
    ``preview`` is what the vendor says beforehand, ``takes_over`` whether the record that stays takes what it lacks from
    the one that goes, ``scopes`` are rights that merging needs beside those of writing.
    """

    call: WriteCall
    lost: tuple[str, ...]
    into_path: str = ""
    merged_at: str = ""
    is_new_id: bool = False
    reversibility: Literal["R2", "R3"] = "R3"
    before: tuple[OneCall, ...] = ()
    into_also: tuple[AlsoNamed, ...] = ()
    where: OneCall | None = None
    where_at: str = ""
    preview: Preview | None = None
    takes_over: bool = True
    scopes: tuple[str, ...] = ()
