"""How to connect each handoff of a client: open as long as nobody has said enough, then with reasons and prices."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import toolkit
from tests.command_line import call
from toolkit.audit.approach_answer import ApproachAnswer
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.settings import load_settings

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "mini" / "client"
SAID = """
approach:
  in_house_developer: false
  usual:
    purpose: sync
    requires: []
    logic: linear
    needed_within: day
    critical: false
    process_agreed: true
    steps_per_run: 2
    native: {exists: false}
"""


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return the hand-written client, pulled; its few items take so long that connecting pays."""
    folder = tmp_path / "client"
    shutil.copytree(GOLDEN, folder)
    file = folder / "engagement.yaml"
    text = file.read_text(encoding="utf-8")
    for minutes in (15, 4):
        text = text.replace(f"minutes_per_item: {{value: {minutes},", "minutes_per_item: {value: 600,")
    file.write_text(text, encoding="utf-8")
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    engagement.close()
    return folder


def write(folder: Path, more: str) -> None:
    file = folder / "engagement.yaml"
    text = file.read_text(encoding="utf-8")
    for category in ("crm", "ledger", "payments"):
        text = text.replace(f"category: {category},", f"category: {category}, has_platform_connector: true,")
    file.write_text(text + more, encoding="utf-8")


def advised(folder: Path, *overrides: str) -> ApproachAnswer:
    return toolkit.recommend_approach(open_engagement(folder, overrides=overrides))


def of(answer: ApproachAnswer, handoff: str) -> dict[str, Any]:
    """Return the row of a handoff."""
    [row] = [one for one in answer.frame.to_dict("records") if one["handoff_id"] == handoff]
    return {str(name): value for name, value in row.items()}


def test_what_nobody_has_said_is_asked_and_the_key_takes_the_answer(client: Path) -> None:
    """Answer what is asked, in the places that are named: in the end the advice is settled, and nothing is asked."""
    answer = advised(client)
    usual: dict[str, Any] = {
        "purpose": "sync", "requires": "[]", "logic": "linear", "native.exists": "false", "critical": "false",
        "needed_within": "day", "process_agreed": "true", "has_platform_connector": "true",
    }  # fmt: skip
    said: list[str] = []
    assert not answer.is_complete
    while len(answer.questions):
        asked = [one for one in answer.questions["key"] if not one.endswith("native.fields")]
        told = [f"{key}={next(usual[end] for end in usual if key.endswith(end))}" for key in asked]
        assert not {*told} <= {*said}
        said += told
        answer = advised(client, *said)

    assert set(answer.frame["approach"]) <= {"IPAAS_SIMPLE", "LEAVE_MANUAL"}
    assert answer.is_complete


def test_an_open_advice_shows_what_is_possible_and_promises_nothing(client: Path) -> None:
    """No price, no reason, and the first question is the next step."""
    answer = advised(client)
    row = of(answer, "deal_to_invoice")

    assert answer.frame["approach"].isna().all()
    assert len(row["possible"]) > 1
    assert "not settled" in answer.rows[0][2]
    assert answer.rows[0][3] == "–"
    assert answer.next_step.startswith("ask: ")
    assert "hang" in answer.sentence


def test_reasons_prices_and_lines_come_with_a_settled_advice(client: Path) -> None:
    """Every step must be on record, so code is due; what a platform would cost stands beside it."""
    write(client, SAID)
    answer = advised(client, "handoffs.deal_to_invoice.approach.requires=[audit_trail]")
    row, ways = of(answer, "deal_to_invoice"), answer.ways.set_index(["handoff_id", "approach"])

    assert (row["approach"], list(row["reason_codes"])) == ("CUSTOM", ["C_AUDIT"])
    assert list(row["flag_codes"]) == ["NEEDS_CONTRACTOR"]
    assert ways.loc[("deal_to_invoice", "CUSTOM"), "is_chosen"]
    assert "every step must be on record" in ways.loc[("deal_to_invoice", "IPAAS_SIMPLE"), "why_not"]
    assert ways.loc[("deal_to_invoice", "IPAAS_SIMPLE"), "running_per_month"] == 20
    assert {"zapier", "make-core", "n8n-cloud", "workato"} <= {*answer.platforms["platform"]}


def test_a_field_map_decides_about_the_vendors_own_connector(client: Path) -> None:
    """Four fifths are enough, unless what must be there is the rest."""
    write(client, SAID)
    place = "handoffs.deal_to_invoice.approach.native"
    carried = ", ".join(f"{name}: {{carried: there}}" for name in ("number", "amount", "customer", "date"))

    enough = of(advised(client, f"{place}={{exists: true, fields: {{{carried}, memo: {{}}}}}}"), "deal_to_invoice")
    lost = of(
        advised(client, f"{place}={{exists: true, fields: {{{carried}, memo: {{must_have: true}}}}}}"), "deal_to_invoice"
    )

    assert (enough["approach"], enough["native_share"]) == ("NATIVE", 0.8)
    assert lost["approach"] == "NATIVE_PLUS_IPAAS"
    assert list(lost["native_lost"]) == ["memo (there)"]


def test_the_command_says_what_the_notebook_says(client: Path) -> None:
    """The same sentence, tables and questions; and in words where a person reads."""
    answer, said = advised(client), json.loads(call("approach", client, "--json").out)
    text = call("approach", client)

    assert said["sentence"] == answer.sentence
    assert [row["handoff_id"] for row in said["approach"]] == [*answer.frame["handoff_id"]]
    assert [key for one in said["questions"] for key in one["keys"]] == [*answer.questions["key"]]
    assert text.code == 0
    assert text.out.splitlines()[0] == answer.sentence
    assert "Ask: " in text.out


def test_what_is_missing_is_no_number_and_named(client: Path) -> None:
    """Without the price of a day no build has a price; the JSON holds neither NaN nor infinity."""
    write(client, SAID)
    file = client / "engagement.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(one for one in lines if "day_rate:" not in one), encoding="utf-8")
    called = call("approach", client, "--json", "--set", "currency=CHF")
    said = json.loads(called.out, parse_constant=lambda name: pytest.fail(f"{name} in the answer"))

    assert {"day_rate", "hosting_per_month"} <= {*said["approach"][0]["money_missing"]}
    assert {one["one_time"] for one in said["approach_way"] if one["approach"] == "CUSTOM"} == {None}
    assert "for want of" in call("approach", client).out


def test_a_try_leaves_the_audit_as_it_is(client: Path) -> None:
    """With --set another approach is tried in a run beside the latest."""
    write(client, SAID)
    before = json.loads(call("approach", client, "--json").out)
    tried = json.loads(call("approach", client, "--json", "--set", "approach.limits.simple_max_ops=1").out)

    assert {one["approach"] for one in tried["approach"]} != {one["approach"] for one in before["approach"]}
    assert toolkit.results_table(open_engagement(client), "approach").frame["approach"].tolist() == [
        one["approach"] for one in before["approach"]
    ]


def test_a_client_without_handoffs_is_told_what_to_do(tmp_path: Path) -> None:
    """No table, no error."""
    exports = tmp_path / "exports" / "crm"
    exports.mkdir(parents=True)
    (exports / "customers.csv").write_text("Customer ID,Name,Email\n1,Acme Ltd,info@acme.example\n", encoding="utf-8")
    call("pull", tmp_path)

    answer = advised(tmp_path)

    assert answer.sentence.startswith("There is no handoff to connect yet")
    assert answer.rows == ()
    assert "There is no handoff yet" in call("approach", tmp_path).out


def test_the_sample_client_gets_an_advice_from_its_own_figures(scoped: Engagement) -> None:
    """What does not pay is left, as the estimate says; of the rest it is asked what no data tells."""
    answer = toolkit.recommend_approach(scoped)
    rows = {row["handoff_id"]: row for row in answer.frame.to_dict("records")}

    assert {name for name, row in rows.items() if row["approach"] == "LEAVE_MANUAL"} <= {
        name for name, row in rows.items() if row["decision"] == "by_hand"
    }
    assert {*answer.ways["handoff_id"]} == {*rows}
    assert answer._repr_html_().count("<table") == 1
    cells = [cell for row in (answer.head, *answer.rows) for cell in row]
    assert [cell for cell in cells if "nan" in cell.split() or "None" in cell] == []


def test_the_settings_of_the_story_are_settings(client: Path) -> None:
    """What is written above is valid as it stands."""
    write(client, SAID)

    found = load_settings(client / "engagement.yaml").settings
    assert found.approach.usual.logic == "linear"
    assert isinstance(open_engagement(client), Engagement)
