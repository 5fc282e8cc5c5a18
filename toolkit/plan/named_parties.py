"""The customer or supplier that new documents name in the target: its record there, a new one, or just its name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import LeftOut, Operation, made_reference
from toolkit.plan.cell_texts import Row, rows_by_key
from toolkit.plan.new_parties import new_parties
from toolkit.plan.sync_rules import SyncHandoff
from toolkit.plan.sync_tables import NAMES, SyncTables
from toolkit.plan.target_parties import UNRESOLVED, PartyAnswer, party_answers, party_streams

MISSING_PARTY = "its customer or supplier is not there, and the rules do not let one be made"
CUT_SHORT = "its customer or supplier is not in the target's list, of which not everything could be read"
WHICH_LIST = "its customer or supplier is not there, and the rules do not say in which list one is made"


@dataclass(frozen=True, slots=True)
class NamedParty:
    """What a new document holds of its party, and the change that must be done before; ``record_key`` where it is there."""

    values: Row
    record_key: str | None = None
    depends_on: tuple[str, ...] = ()
    party_id: str | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class NamedParties:
    """Answers for the documents of one handoff; ``made`` are the changes that make parties some of them need."""

    answers: Mapping[str, PartyAnswer]
    records: Mapping[str, Row]
    new: Mapping[str, Operation | LeftOut]
    golden_names: Mapping[str, str]
    has_list: bool
    refused: str

    @property
    def made(self) -> tuple[Operation, ...]:
        """The changes that make parties."""
        return tuple(one for one in self.new.values() if isinstance(one, Operation))

    def of(self, source: Row) -> NamedParty | LeftOut:
        """Return the party of a new document, by the document that it stands for; or why it has none."""
        answer = self.answers.get(source["party_key"] or "", PartyAnswer("unsure", reason=UNRESOLVED))
        if answer.record_key is not None:
            own = self.records[answer.record_key]
            values = {"party_ref": own["record_id"], "party_name": own["name"]}
            return NamedParty(values, answer.record_key, (), answer.party_id, answer.probability)
        if not self.has_list:
            # A system that keeps no list takes any name.
            name = self.golden_names.get(answer.party_id or "") or source["party_name"]
            return NamedParty({"party_ref": name, "party_name": name}) if name else LeftOut("", (), UNRESOLVED)
        made = self.new.get(answer.party_id or "")
        if isinstance(made, Operation):
            reference = {"party_ref": made_reference(made.op_id), "party_name": made.after["name"]}
            return NamedParty(reference, None, (made.op_id,), answer.party_id)
        return made or LeftOut("", answer.others, answer.reason or self.refused)


def named_parties(handoff: SyncHandoff, tables: SyncTables, sources: Iterable[Row], min_probability: float) -> NamedParties:
    """Return who the new documents of a handoff name.

    Parameters
    ----------
    handoff
        Whose documents are entered.
    tables
        Parties, crosswalk, golden values and pairs.
    sources
        The documents that new ones stand for: their ``party_key``.
    min_probability
        What a match that the model made must reach.
    """
    system = handoff.system_r
    streams = party_streams(tables, system, handoff.stream_r, handoff.party_stream)
    keys = {one["party_key"] for one in sources if one["party_key"]}
    answers = party_answers(tables, keys, system, streams.names, min_probability=min_probability)
    lists = [one for one in streams.names if one != NAMES]
    lacking = {one.party_id for one in answers.values() if one.status == "missing" and one.party_id}
    refused = ""
    if not handoff.creates_parties:
        refused = MISSING_PARTY
    elif not streams.is_clear and len(lists) > 1:
        refused = WHICH_LIST
    elif lists and (system, lists[0]) in tables.incomplete:
        refused = CUT_SHORT
    new = new_parties(tables, lacking, system, lists[0]) if lists and not refused else {}
    found = [one.record_key for one in answers.values() if one.record_key is not None]
    records = rows_by_key(tables.parties, found, ["record_id", "name"])
    return NamedParties(answers, records, new, _golden_names(tables, answers.values()), bool(lists), refused)


def _golden_names(tables: SyncTables, answers: Iterable[PartyAnswer]) -> dict[str, str]:
    golden = tables.golden
    ids = pa.array(sorted({one.party_id for one in answers if one.party_id}), pa.string())
    own = golden.filter(pc.and_(pc.is_in(golden["golden_id"], value_set=ids), pc.equal(golden["column"], "name")))
    return dict(zip(own["golden_id"].to_pylist(), own["value"].to_pylist(), strict=True))
