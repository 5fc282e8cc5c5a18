"""A proposed stream as it stands in ``engagement.yaml``: a mapping, and the same as commented lines."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.connector import Field
from toolkit.files.interpreted import StreamMap


def stream_mapping(given: StreamMap, *, files: Sequence[str], sheets: Sequence[str] = ()) -> dict[str, Any]:
    """Return a stream as the settings write it.

    Parameters
    ----------
    given
        The stream with its columns.
    files, sheets
        Patterns of names (``*`` and ``?``) of the files and sheets that it is read from.

    Examples
    --------
    >>> one = StreamMap("bank_line", {"amount_minor": Field(("Haben",), minus=("Soll",))})
    >>> stream_mapping(one, files=["konto*.csv"])["fields"]
    {'amount_minor': {'credit': 'Haben', 'debit': 'Soll'}}
    """
    found: dict[str, Any] = {"entity": given.entity}
    if given.is_lines:
        found |= {"row": "line of a document", "total": given.total or "repeats"}
    if given.kind:
        found["kind"] = given.kind
    found |= {"file": list(files)}
    if sheets:
        found["sheet"] = list(sheets)
    found |= {"key": list(given.key), "fields": {column: _source(column, one) for column, one in given.fields.items()}}
    if given.lines:
        found["lines"] = {column: _source(column, one) for column, one in given.lines.items()}
    if given.statuses:
        found["statuses"] = dict(given.statuses)
    return found


def stream_lines(
    name: str, mapping: Mapping[str, Any], reasons: Mapping[str, str], left_out: Mapping[str, str]
) -> list[str]:
    """Return a stream as lines of YAML, each column with the reason why it was chosen.

    Parameters
    ----------
    name
        Of the stream.
    mapping
        As ``stream_mapping`` returns it.
    reasons
        Canonical column (``row``, ``key`` and ``entity`` too) to why.
    left_out
        Header to why it is not read.
    """
    lines = [f"      {name}:"]
    for key, value in mapping.items():
        if not isinstance(value, Mapping):
            lines.append(f"        {key}: {yaml_text(value)}{_comment(reasons.get(key, ''))}")
            continue
        lines.append(f"        {key}:" + ("   # confirm: what each value stands for" if key == "statuses" else ""))
        prefix = "lines." if key == "lines" else ""
        for column, source in value.items():
            shown = column if key != "statuses" else yaml_text(column)
            why = reasons.get(prefix + column, "") if key != "statuses" else ""
            lines.append(f"          {shown}: {yaml_text(source)}{_comment(why)}")
    lines += [f"        # left out: {yaml_text(header)}{_comment(why)}" for header, why in left_out.items()]
    return lines


def yaml_text(value: object) -> str:
    """Return a value as YAML: JSON is a part of YAML, whatever the text holds."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in written)


def _source(column: str, one: Field) -> object:
    if one.minus:
        [less] = one.minus
        if column == "amount_minor":
            return {"credit": one.headers[0], "debit": less}
        return {"column": one.headers[0], "minus": less}
    if one.joined:
        return {"column": list(one.headers), "joined": one.joined}
    return one.headers[0] if len(one.headers) == 1 else list(one.headers)


def _comment(text: str) -> str:
    plain = " ".join(text.split())[:110]
    return f"   # {plain}" if plain else ""
