"""Model numbers in titles."""

import pyarrow as pa

from toolkit.values.product_code import model_numbers, standardised


def test_a_model_number_is_found_in_a_title() -> None:
    """However it is separated."""
    assert model_numbers("Panasonic Lumix DMC-FX07 Digital Camera") == model_numbers("PANASONIC DMCFX07 (silver)")


def test_measures_and_years_are_no_model_numbers() -> None:
    """Every second television has 1080p."""
    assert model_numbers("LCD TV 40 inch 1080p 120Hz 500GB 10x42 3rd edition 2009 mp3 7.2MP") == ()


def test_titles_without_numbers_have_none() -> None:
    """A column of titles gives a column of codes."""
    assert standardised(pa.array(["Red kettle", "Sony KDL-40V5100 black", None])).to_pylist() == [None, "kdl40v5100", None]
