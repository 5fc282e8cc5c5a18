"""A cell that names who carries data may name several."""

import pytest

from toolkit.values.named_people import named_people


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("", ()),
        ("Dana", ("Dana",)),
        ("Dana, Grace", ("Dana", "Grace")),
        ("Dana, Grace, Owen", ("Dana", "Grace", "Owen")),
        ("Dana & Grace", ("Dana", "Grace")),
        ("Dana and Andy", ("Dana", "Andy")),
        ("Dana / Grace;Dana", ("Dana", "Grace")),
        ("Kowalska, Marta", ("Kowalska, Marta",)),
        ("Dana Miller, Grace Hill", ("Dana Miller", "Grace Hill")),
        (" ; ", ()),
    ],
)
def test_people_are_told_apart(cell: str, people: tuple[str, ...]) -> None:
    """Commas, slashes and "and" stand between people; a family name before its given name is one person."""
    assert named_people(cell) == people
