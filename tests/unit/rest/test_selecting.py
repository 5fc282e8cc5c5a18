"""A query names what the vendor shows, and says what it does not."""

from dataclasses import replace
from urllib.parse import quote

from tests.asked_systems import asked_system
from tests.fault_server import Asked, Given
from toolkit.connector import Reading, Selection
from toolkit.rest.calls import Call
from toolkit.rest.selecting import MAX_CHARS, selected

CHOICE = Selection(
    "/sobjects/Deal/describe",
    ("Id", "Name", "Fax", "Owner.Name", "Stage.Name", "(SELECT Price FROM Prices)", "(SELECT Id FROM Notes)"),
    offered=("Currency", "Region"),
    further=r"\w+__c",
)
READING = Reading("/query", "records", query=(("q", "SELECT {fields} FROM Deal"),), selection=CHOICE)


def described(*own: str) -> dict[str, object]:
    fields = [{"name": name} for name in ("Id", "Name", "Currency", "Weight", *own)]
    owner = {"name": "OwnerId", "relationshipName": "Owner"}
    return {"fields": [*fields, owner], "childRelationships": [{"relationshipName": "Prices"}, {"relationshipName": None}]}


def test_of_a_query_inside_the_query_only_what_is_shown_is_named() -> None:
    """A field that is hidden there would refuse the whole query; where all are, the list is left out."""
    wanted = ("Id", "(SELECT Price, Cost, Kind.Name FROM Prices WHERE Cost > 1)")
    choice = replace(CHOICE, wanted=wanted, child_path="/sobjects/{child}/describe")
    shown = {"fields": [{"name": "Price"}, {"name": "KindId", "relationshipName": "Kind"}]}
    prices = {"relationshipName": "Prices", "childSObject": "Price"}

    def asked_for(of_child: Given) -> tuple[Call, tuple[str, ...]]:
        def app(asked: Asked) -> Given:
            return of_child if "Price" in asked.path else Given({**described(), "childRelationships": [prices]})

        reading = replace(READING, selection=choice)
        with asked_system(app, [reading]) as (_, client):
            return selected(client.call(reading), choice, client, "crm/deals")

    call, notes = asked_for(Given(shown))
    assert "(SELECT Price, Kind.Name FROM Prices WHERE Cost > 1)" in call.query[0][1]
    assert notes == ("crm/deals: the credentials do not show Prices.Cost, so that these are left out.",)
    for nothing in (Given({"fields": []}), Given({}, 404)):
        call, notes = asked_for(nothing)
        assert "Prices" not in call.query[0][1]
        assert "Prices" in notes[0]


def select(*own: str) -> tuple[Call, tuple[str, ...]]:
    def app(asked: Asked) -> Given:
        assert asked.path == "/sobjects/Deal/describe"
        return Given(described(*own))

    with asked_system(app, [READING]) as (_, client):
        return selected(client.call(READING), CHOICE, client, "crm/deals")


def test_hidden_fields_are_left_out_and_said() -> None:
    """What is offered only, and not there, is not worth a word; a client's own fields are there."""
    call, notes = select("Tier__c")

    assert call.query == (("q", "SELECT Id, Name, Owner.Name, (SELECT Price FROM Prices), Currency, Tier__c FROM Deal"),)
    assert notes == (
        "crm/deals: the credentials do not show Fax, Stage.Name, (SELECT Id FROM Notes), so that these are left out.",
    )


def test_more_own_fields_than_an_address_holds_are_left_out() -> None:
    """An address that is too long is refused by servers."""
    call, notes = select(*(f"Field_{number:04}__c" for number in range(2000)))

    assert MAX_CHARS * 0.9 < len(quote(call.query[0][1])) <= MAX_CHARS
    assert "of the client's own fields are left out" in notes[-1]
