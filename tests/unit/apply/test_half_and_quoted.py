"""What a system says that takes a part only, or nothing: never our key, never that nothing was done where some was."""

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from tests.unit.apply.test_batches import BATCH, NINE, WRITES
from tests.unit.apply.test_vendors_ways import ANN, CONTACTS, Vendor, change, running
from tests.vendor_doubles import renamed
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.system import Current, Sent
from toolkit.changes import operation
from toolkit.changes.operation import MERGED_INTO
from toolkit.connector import Api, Batch, Fault, Merge, OneCall, WriteCall, Writing
from toolkit.errors import RejectedError, ScopeError, ToolkitError, UncertainError
from toolkit.rest.client import RestClient
from toolkit.rest.places import value_at
from toolkit.rest.redaction import Secret

KEY = "pat-4711-0815-key"
Answers = Callable[[httpx.Request], httpx.Response]


class Door:
    """A sign-in with a key that the vendor quotes back."""

    reference = "env:CRM"
    places: dict[str, str] = {}  # noqa: RUF012  # as a credential has them
    auth = None

    def __init__(self) -> None:
        self.secrets = (Secret(KEY),)


def system(
    writing: Writing,
    answers: Answers,
    stream: str = "companies",
    api: Api = Api("https://crm.example"),  # noqa: B008  # frozen
) -> RestSystem:
    """Return a system with one stream, which answers so."""
    client = RestClient(
        "crm",
        api,
        writings=[writing],
        credential=Door(),  # type: ignore[arg-type]
        transport=httpx.MockTransport(answers),
    )
    return RestSystem(client, {stream: writing})


def said(content: object, status: int = 200) -> Answers:
    return lambda _asked: httpx.Response(status, json=content)


def together(found: RestSystem) -> dict[str, str]:
    """Return what became of two changes that were sent in one request, as sentences."""
    pair = [Sent(one, one.target_id or "", Current({}), "k") for one in NINE[:2]]
    return {op_id: str(one) for op_id, one in found.send_together(pair).items()}


@pytest.mark.parametrize(
    "content",
    [
        {"results": [], "errors": [{"message": f"token {KEY} may not", "context": {"ids": ["1"]}}]},
        {"results": [{"id": "1", "failed": [{"message": f"token {KEY} may not"}]}]},
        {"results": [{"id": "1", "failed": f"token {KEY} may not"}]},
        {"results": [{"id": "1", "failed": f"{'may not ' * 19}{KEY}"}]},
    ],
)
def test_the_words_of_a_refusal_among_others_are_quoted_without_our_key(content: object) -> None:
    """They go to the journal and onto a page; a key that is cut off in the middle is one, too."""
    found = together(system(WRITES, said(content, 207)))[NINE[0].op_id]

    assert "may not" in found
    assert KEY[:6] not in found


@pytest.mark.parametrize("why", [f"token {KEY} may not", [{"message": f"token {KEY} may not"}], [{"why": 1}]])
def test_the_words_of_a_refusal_in_an_answer_of_success_are_quoted_without_our_key(why: object) -> None:
    """Also where they stand beside what says that it was refused."""
    writes = replace(WRITES, update=WriteCall("PATCH", "/companies/{id}", refused=("failed",)))
    answers = said({"id": "1", "failed": why, "message": f"token {KEY} may not"})

    with pytest.raises(RejectedError, match="took nothing of it") as caught:
        system(writes, answers).send(renamed(1), "1", Current({}), "k")
    assert KEY not in str(caught.value)
    assert "•••" in str(caught.value)


MOVED = change("repoint", {"parent_ref": "c1"}, {"parent_ref": "c2"})


@pytest.mark.parametrize(("method", "kind"), [("PUT", RejectedError), ("DELETE", UncertainError)])
def test_a_reference_of_which_the_old_one_stays_is_not_called_refused(method: str, kind: type[ToolkitError]) -> None:
    """The new one was taken: the record is changed, so that somebody looks at it; a refusal of the first changed nothing."""
    own = replace(CONTACTS.by_column[0], is_list=True)

    def answers(asked: httpx.Request) -> httpx.Response:
        return httpx.Response(400 if asked.method == method else 200, json={"message": "no"})

    with pytest.raises(ToolkitError) as caught:
        system(replace(CONTACTS, by_column=(own,)), answers, "contacts").send(MOVED, "1", Current({}, record=ANN), "k")

    assert type(caught.value) is kind
    assert ("took one part of it" in str(caught.value)) is (method == "DELETE")


def test_a_job_reads_a_record_of_which_the_old_reference_stays() -> None:
    """It is not noted as rejected."""
    own = replace(CONTACTS.by_column[0], is_list=True)
    vendor = Vendor(refused=lambda asked: asked.method == "DELETE")
    with running(vendor, replace(CONTACTS, by_column=(own,))) as run:
        outcome = run([MOVED])

    assert vendor.records["1"]["company"] == "c2"
    assert "rejected" not in outcome.counts


def test_a_record_that_is_marked_as_gone_is_gone() -> None:
    """Some systems answer with a deleted record as with any other."""
    writes = replace(WRITES, gone=("deleted", "true"))

    assert system(writes, said({"id": "1", "deleted": True, "fields": {"name": "A"}})).current(renamed(1), "1") is None
    assert system(writes, said({"id": "1", "deleted": False, "fields": {"name": "A"}})).current(renamed(1), "1") is not None


def test_all_that_is_asked_before_a_merge_is_kept() -> None:
    """Two lists at one place, which differ in what is asked of it."""
    before = tuple(OneCall("/companies/{id}/log", query=(("of", one),)) for one in ("calls", "notes"))
    call = WriteCall("POST", "/companies/{id}/merge/{into}", has_fields=False)
    writes = replace(WRITES, merge=Merge(call, ("what is lost",), before=before))
    merging = operation("merge", "crm", "companies", target_id="1", after={MERGED_INTO: "2"}, reversibility="R3")

    kept = system(writes, lambda asked: httpx.Response(200, json={"at": str(asked.url)})).whole(merging, "1")

    assert sorted(one["at"] for one in kept.values()) == [
        "https://crm.example/companies/1", "https://crm.example/companies/1/log?of=calls",
        "https://crm.example/companies/1/log?of=notes", "https://crm.example/companies/2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "body"), [("data.inputs", '{"inputs": []}'), ("data.inputs", "{}"), ("a.b.c", '{"a": {"b": {}}}')]
)
def test_entries_of_a_batch_may_stand_anywhere_in_its_body(items: str, body: str) -> None:
    """Below names that the described body does not have; anything else beside them is not sent."""
    sent = []

    def answers(asked: httpx.Request) -> httpx.Response:
        sent.append(json.loads(asked.content))
        return httpx.Response(200, json={"results": [{"id": "1"}, {"id": "2"}]})

    batch: Batch = replace(BATCH, items=items, body=body)
    assert len(together(system(replace(WRITES, batch=batch), answers))) == 2
    [whole] = sent
    assert [one["id"] for one in value_at(whole, items)] == ["1", "2"]


@pytest.mark.parametrize("api", [Api("https://crm.example"), Api("https://crm.example", faults=(Fault("scope", 403),))])
def test_who_may_not_change_is_told_so(api: Api) -> None:
    """The right to read is not what is missing, however the vendor says it."""
    with pytest.raises(ScopeError, match=r"may not be done with .*Ask for the right to write it") as caught:
        system(WRITES, said({"message": "no"}, 403), api=api).send(renamed(1), "1", Current({}), "k")

    assert "read" not in str(caught.value)


def test_what_a_job_may_not_send_is_called_no_pull() -> None:
    """The sentence speaks of what is changed."""
    found = system(WRITES, said({}))
    other = RestSystem(found.client, {"companies": replace(WRITES, update=WriteCall("PUT", "/others/{id}"))})

    with pytest.raises(ToolkitError, match=r"A job changes in crm\.example only what .*PUT /others/1 .*Nothing was sent"):
        other.send(renamed(1), "1", Current({}), "k")
