"""What one writes into ``engagement.yaml`` to connect to stand-ins, and what hands over their invented secrets."""

import json
import re
import shlex
from collections.abc import Sequence
from typing import Any

from toolkit.connector import Api, Reading
from toolkit.sandbox.ids import number_id
from toolkit.sandbox.running import BY_HAND, Running

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def connection_settings(one: Running) -> dict[str, Any]:
    """Return the settings of a system that connect it to its stand-in."""
    sign_in: dict[str, Any] = {"way": one.sign_in.way}
    if one.sign_in.way == "basic":
        sign_in["user"] = one.machine.invented.user
    if one.sign_in.way in {*BY_HAND, "client_credentials", "jwt_bearer"}:
        sign_in["client_id"] = one.machine.invented.client_id
    sign_in |= one.references
    home = one.machine.url
    for name in ("authorize_url", "token_url", "revoke_url"):
        if address := getattr(one.sign_in, name):
            sign_in[name] = f"{home}/{address.split('/', 3)[3]}"
    api = one.machine.connector.api
    told = {name for name, _ in one.sign_in.tells}
    places = sorted(_places(one.url, api, one.machine.connector.streams) - told) if api is not None else []
    if places:
        sign_in["places"] = {name: f"p{number_id(one.system, 15)}" for name in places}
    place: dict[str, Any] = {"url": one.url}
    if one.machine.limits:
        place["limits"] = {"minute": one.machine.limits[0].count}
    return {"connector": one.connector, "api": place, "sign_in": sign_in}


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
        inner = ", ".join(f"{name}: {_shown(value)}" for name, value in said["sign_in"].items())
        lines.append(f"    sign_in: {{{inner}}}")
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {inner}" for name, inner in value.items()) + "}"
    return value if re.fullmatch(r"[a-z_][a-z0-9_]*|http://[a-z0-9.:/_-]+", value) else json.dumps(value)


def export_commands(found: Sequence[Running]) -> list[str]:
    """Return the commands that put the invented secrets where the settings refer to, and those that sign in."""
    exports = [f"export {name}={shlex.quote(value)}" for one in found for name, value in one.secrets.items()]
    return exports + [f"integration-audit connect {one.system} FOLDER" for one in found if one.sign_in.way in BY_HAND]
