"""What a step printed is kept, whatever it was."""

from io import BytesIO

from toolkit.audit.unattended.children import kept_text


def test_of_very_much_the_beginning_and_the_end_are_kept() -> None:
    """The end says how it went; no line is cut in two."""
    lines = [f"line {number} token=s3cret-{number}" for number in range(100_000)]

    kept = kept_text(BytesIO("\n".join(lines).encode())).splitlines()

    assert (kept[0], kept[-1]) == (lines[0], lines[-1])
    whole = set(lines)
    [cut] = [one for one in kept if one not in whole]
    assert cut.endswith(" bytes left out …")
    assert len("\n".join(kept)) < 1_000_100


def test_what_is_short_is_kept_whole() -> None:
    """Nothing is left out."""
    assert kept_text(BytesIO("done\nüber".encode())) == "done\nüber"
