"""What a person must know of a system before connecting it, as data beside its connector: no page repeats it by hand.

The pages below ``docs/systems``, the table of the README and the command ``systems`` are made of it and of the connector.
A fact that is not known stays empty: it lowers how sure the scorecard is, never the score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ProofKind = Literal["vendor_contract", "handwritten_contract", "vendor_sdk", "real_system", "export_files"]
"""What a connector was proved on; each is another promise."""

PROOF_LABELS: Mapping[str, str] = {
    "export_files": "files as the vendor exports them",
    "handwritten_contract": "a contract written by hand from the vendor's documentation",
    "vendor_contract": "the vendor's own contract",
    "vendor_sdk": "a published SDK against our stand-in",
    "real_system": "a real system",
}
"""What each kind of proof is, in words, the weakest first."""

InterfaceKind = Literal["", "rest", "graphql", "query", "odata", "soap", "sql", "none"]
"""How a system is asked: lists, one graph, a language of queries; ``none``: only by files."""

Known = Literal["", "yes", "partly", "no"]
"""Whether a system has something; empty: nobody knows."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that a connector was proved on: of which kind, and what it is (contract and version, SDK, product)."""

    kind: ProofKind
    what: str


@dataclass(frozen=True, slots=True)
class Interface:
    """What a system's interface offers to whoever will connect it: the facts of the scorecard that no ``Api`` says.

    ``read_only`` is whether a sign-in can be limited to reading (``partly``: by a user's rights, not by scopes).
    ``webhooks`` are ``yes`` where messages are signed, ``partly`` where they are not. ``bulk`` is whether many records come
    or go in one request or job, ``sandbox`` whether there is a place to practise that the client need not pay for
    (``partly``: it must be paid for). ``changes`` is whether lists can be asked for what changed, ``deletions`` whether the
    system says what is gone, ``repeats`` whether a write may be sent twice safely (idempotency).
    """

    kind: InterfaceKind = ""
    read_only: Known = ""
    webhooks: Known = ""
    bulk: Known = ""
    sandbox: Known = ""
    changes: Known = ""
    deletions: Known = ""
    repeats: Known = ""


@dataclass(frozen=True, slots=True)
class About:
    """What stands on the page of a system beside what its connector says anyway.

    ``files`` says how its exports are got. ``credentials`` are, by the way to sign in, the steps that lead to them, each a
    sentence; ``quirks`` what is odd about the system, each a sentence that somebody who reads its figures needs.
    ``proved_on`` is what the connector was proved on: nothing is promised beyond that.
    """

    files: str = ""
    credentials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quirks: tuple[str, ...] = ()
    interface: Interface = field(default_factory=Interface)
    proved_on: tuple[Proof, ...] = ()
