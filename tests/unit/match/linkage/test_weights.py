"""The model as a file."""

import json

import numpy as np
import pytest

from toolkit.errors import InputError
from toolkit.match.linkage.weights import FactModel, MatchModel, PartModel

PHONE = FactModel(
    "phone: Fax", "phone", "contact", ("other", "same"), np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1], [0.9, 0.1]])
)
MODEL = MatchModel((PartModel("companies", (PHONE,), (0.1, 0.1, 0.1, 0.7), 45.0),), 0.5, 0.1)


def test_a_weight_is_what_a_level_tells_in_bits() -> None:
    """Eight matches in ten have the same number, and one stranger in ten: 3 bits. What is missing weighs nothing."""
    assert PHONE.bits == pytest.approx([0, np.log2(0.2 / 0.9), 3])


def test_a_model_comes_back_from_its_file_as_it_was() -> None:
    """To the last digit."""
    written = json.dumps(MODEL.as_json())

    assert json.dumps(MatchModel.from_json(json.loads(written)).as_json()) == written


def test_what_is_no_model_is_refused() -> None:
    """A wrong file is named as such."""
    with pytest.raises(InputError, match="not a saved matching model"):
        MatchModel.from_json({"parts": [{}]})
