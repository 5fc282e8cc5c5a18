"""What one writes into ``engagement.yaml`` to connect to stand-ins, and what hands over their invented secrets."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.connector import Api, Reading
from toolkit.sandbox.credentials import Invented
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.running import BY_HAND, Running

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def connection_settings(one: Running) -> dict[str, Any]:
    """Return the settings of a system that connect it to its stand-in."""
    machine = one.machine
    place: dict[str, Any] = {"url": one.url}
    if machine.limits:
        place["limits"] = {"minute": machine.limits[0].count}
    found = {"connector": one.connector, "api": place, "sign_in": _sign_in(one, machine.invented, one.references)}
    if one.to_write is not None:
        found["sign_in_to_write"] = _sign_in(one, machine.invented_to_write, one.to_write.references)
    return found


def _sign_in(one: Running, invented: Invented, references: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of signing in to a stand-in, with what was invented for it."""
    found: dict[str, Any] = {"way": one.sign_in.way}
    if one.sign_in.way == "basic":
        found["user"] = invented.user
    if one.sign_in.way in {*BY_HAND, "client_credentials", "jwt_bearer"}:
        found["client_id"] = invented.client_id
    found |= references
    for name in ("authorize_url", "token_url", "revoke_url"):
        if address := getattr(one.sign_in, name):
            found[name] = f"{one.machine.url}/{address.split('/', 3)[3]}"
    api = one.machine.connector.api
    told = {name for name, _ in one.sign_in.tells}
    places = sorted(_places(one.url, api, one.machine.connector.streams) - told) if api is not None else []
    if places:
        found["places"] = {name: f"p{number_id(one.system, 15)}" for name in places}
    return found


def _places(url: str, api: Api, streams: Sequence[Any]) -> set[str]:
    """Return the places that addresses and heads of requests have."""
    readings: list[Reading] = [reading for stream in streams for reading in stream.readings]
    texts = [url, *(value for _, value in api.headers), *api.further_origins, *(one.path for one in readings)]
    texts += [value for one in readings for _, value in one.query]
    if api.account is not None:
        texts.append(api.account.path)
    own = {api.account.place} if api.account is not None else set()
    return {name for text in texts for name in _PLACE.findall(text)} - {"parent", "id", "fields", *own}


def engagement_excerpt(found: Sequence[Running], client: str, currency: str) -> str:
    """Return a whole ``engagement.yaml`` that connects to these stand-ins.

    Parameters
    ----------
    found
        The stand-ins.
    client, currency
        Of the engagement.
    """
    lines = [f"client: {json.dumps(client, ensure_ascii=False)}", f"currency: {currency}", "systems:"]
    for one in found:
        said = connection_settings(one)
        lines += [
            f"  {one.system}:",
            f"    connector: {said['connector']}",
            f"    api: {{url: {_shown(said['api']['url'])}}}",
        ]
        for way in ("sign_in", "sign_in_to_write"):
            if way in said:
                inner = ", ".join(f"{name}: {_shown(value)}" for name, value in said[way].items())
                lines.append(f"    {way}: {{{inner}}}")
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {inner}" for name, inner in value.items()) + "}"
    return value if re.fullmatch(r"[a-z_][a-z0-9_]*|http://[a-z0-9.:/_-]+", value) else json.dumps(value)


def export_commands(found: Sequence[Running]) -> list[str]:
    """Return the commands that put the invented secrets where the settings refer to, and those that sign in."""
    exports = [f"export {name}={shlex.quote(value)}" for one in found for name, value in one.every_secret.items()]
    by_hand = [one for one in found if one.sign_in.way in BY_HAND]
    reading = [f"integration-audit connect {one.system} FOLDER" for one in by_hand]
    writing = [f"integration-audit connect {one.system} FOLDER --write" for one in by_hand if one.to_write is not None]
    return [*exports, *reading, *writing]
