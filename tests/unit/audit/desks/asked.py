"""A desk as a page asks it: what goes there and back is what JSON can hold."""

import json
from typing import Any

from toolkit.errors import InputError
from toolkit.widgets.desk import Desk, reply


def asked(desk: Desk, question: str, **given: Any) -> Any:
    """Return the answer; a refusal is an `InputError` with its sentence."""
    message = json.loads(json.dumps({"id": 1, "ask": question, "given": given}))
    answer = json.loads(json.dumps(reply(desk, message)))
    if "refused" in answer:
        raise InputError(answer["refused"])
    return answer["answer"]
