"""What engagement.yaml says of taking back: what is deleted again, and what a record that is made anew gets beside."""

from toolkit.connector import Mark
from toolkit.settings.writing import WritingSettings


def test_a_described_system_says_how_what_was_made_is_taken_away() -> None:
    """And which places of an archived record a new one gets as they stood."""
    said = WritingSettings.model_validate(
        {
            "one": "/invoices/{id}",
            "fields": {"number": "no"},
            "create": {"method": "POST", "path": "/invoices"},
            "delete": {"method": "DELETE", "path": "/invoices/{id}", "fields": False},
            "further": "owner.id",
        }
    )
    found = said.writing()

    assert found.delete is not None
    assert (found.delete.method, found.delete.has_fields) == ("DELETE", False)
    assert found.further == ("owner.id",)
    assert found.delete in found.calls()


def test_a_described_system_says_what_its_answers_do_not_prove() -> None:
    """That a new record is not in a list yet, and that a record which is answered with is deleted."""
    said = {
        "one": "/invoices/{id}",
        "fields": {"number": "no"},
        "gone": {"active": "false"},
        "mark": {"field": "ref", "path": "/invoices", "param": "ref", "records": "found"},
    }
    plain = WritingSettings.model_validate(said).writing()
    late = WritingSettings.model_validate(said | {"mark": said["mark"] | {"late": True}}).writing()  # type: ignore[operator]

    assert plain.gone == ("active", "false")
    assert plain.mark == Mark("ref", "/invoices", "ref", "found")
    assert late.mark == Mark("ref", "/invoices", "ref", "found", is_late=True)
