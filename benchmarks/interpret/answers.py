"""What somebody who knows the truth of a folder answers to the questions that its audit puts."""

import fnmatch
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_PRODUCT = " * "


def true_answer(  # noqa: PLR0911 - an answer for each kind of question
    question: Mapping[str, Any], truth: Mapping[str, Any], files: Mapping[str, str]
) -> str:
    """Return the choice that is right.

    Parameters
    ----------
    question
        As ``engagement.yaml`` holds it.
    truth
        Of the folder.
    files
        Stream (``system.stream``) to the file that it reads.
    """
    one = _file_of(question, truth, files)
    choices = list(question["choices"])
    about = question["about"]
    if about == "currency":
        return str(truth["currency"])
    if about == "entity":
        # What a person first thinks of decides, where the labels allow several.
        if one["entity"][0] == "other":
            return "leave_out"
        return next((name for name in one["entity"] if name in choices), "leave_out")
    if about == "row":
        return one["row_is"] if one["row_is"] in choices else "leave_out"
    if about == "column":
        return next((choice for choice in choices if _is_true(choice, one)), "none")
    if about == "day_order":
        return "dmy" if _layout(one)["delimiter_locale"]["day_first"] else "mdy"
    if about == "decimal_sign":
        return str(_layout(one)["delimiter_locale"]["decimal"])
    if about == "status":
        return _true_state(question["samples"], one, choices)
    if about == "amounts":
        return next((choice for choice in choices if ("net" in choice) == (one["amount_is"] == "amount_net")), choices[0])
    return "leave_out" if "leave_out" in choices else choices[0]


def _file_of(question: Mapping[str, Any], truth: Mapping[str, Any], files: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what is true of the file that a question is about; nothing where it is about all."""
    names = [files[stream] for stream in question["streams"] if stream in files]
    for one in truth["files"]:
        if one["file"] in names or any(fnmatch.fnmatch(one["file"], pattern) for pattern in question["files"]):
            found: Mapping[str, Any] = one
            return found
    return {}


def _is_true(choice: str, one: Mapping[str, Any]) -> bool:
    header, _, meaning = choice.rpartition("=")
    if _PRODUCT in header:
        return bool(one["amount_is"] == "quantity x unit_price")
    if meaning == "amount_gross" and one["amount_is"]:
        return bool(header == one["amount_header"])
    labels = {column["header"]: _listed(column["meaning"]) for column in _layout(one)["columns"]}
    return meaning in labels.get(header, ())


def _true_state(values: Iterable[str], one: Mapping[str, Any], choices: list[str]) -> str:
    """Return what the values of a column of states stand for; done and open are all that these files have beside refused."""
    states = {value: state for state, value in _recipe(one).get("states", {}).items()}
    found = next((states[value] for value in values if value in states), "open")
    wanted = {"done": "done", "paid": "done", "won": "done", "failed": "cancelled", "lost": "cancelled"}.get(found, "open")
    return wanted if wanted in choices else choices[0]


def _layout(one: Mapping[str, Any]) -> Any:
    return _recipes()["tables"][one["table"]]


def _recipe(one: Mapping[str, Any]) -> Any:
    files = [each for recipe in _recipes()["folders"] for each in recipe["files"]]
    return next(each for each in files if (each["file"], each["table"]) == (one["file"], one["table"]))


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@cache
def _recipes() -> Any:
    return json.loads((Path(__file__).parent / "folders.json").read_text(encoding="utf-8"))
