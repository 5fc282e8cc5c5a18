"""The model as a file."""

import pytest

from toolkit.errors import InputError
from toolkit.match.weights import MatchModel


def test_what_is_no_model_is_refused() -> None:
    """A wrong file is named as such."""
    with pytest.raises(InputError, match="not a saved matching model"):
        MatchModel.from_json({"parts": [{}]})
