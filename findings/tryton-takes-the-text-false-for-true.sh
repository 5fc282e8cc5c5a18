#!/usr/bin/env bash
# One would guess: a flag that is sent as "false" is false, and an answer of 200 that names no error did what was asked.
# What happens: Tryton takes any text for a flag that is set: of {"active": "false"} it says that it was written, and the party
# is active; only false itself archives it. A version that is out of date is refused, in an answer of 200 with an 'error' list,
# for the record that the context names ('party.party,7'), and for that one alone: without the number nothing is compared, and
# the edit of somebody else is overwritten.
# Why it matters: a cleanup that archives duplicates by a text reports them archived, and all are still there; one whose version
# stands under a wrong name overwrites what a clerk wrote meanwhile.
# Heeded: docs/described-systems.md sends flags as such and names each record's version; after each change the record is read
# again (toolkit/apply/read_back.py); tests/unit/apply/test_versions_in_bodies.py, tests/servers/test_tryton_jobs.py.
# Versions: trytond 8.2.1, trytond-party 8.2.0. Source: this run.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -qq install trytond==8.2.1 trytond_party==8.2.0
cd "$folder"
port=$(venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf '[database]\nuri = sqlite://\npath = %s\n[web]\nlisten = 127.0.0.1:%s\n' "$folder" "$port" >conf
printf 'a-pass-word-1' >password
: >erp.sqlite
TRYTONPASSFILE=password venv/bin/trytond-admin -c conf -d erp --email admin@example.invalid -l en -u party --activate-dependencies
venv/bin/trytond -c conf -d erp >log 2>&1 &
server=$!
venv/bin/python - "$port" <<'PYTHON'
import base64
import json
import sys
import time
import urllib.error
import urllib.request

address = f"http://127.0.0.1:{sys.argv[1]}/erp/rpc/"
headers = {"content-type": "application/json"}


def call(method, *given):
    body = json.dumps({"id": 1, "method": method, "params": given}).encode()
    with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:
        return answer.status, json.load(answer)


for _ in range(600):
    try:
        _, said = call("common.db.login", "admin", {"password": "a-pass-word-1"}, "en")
        break
    except urllib.error.URLError:
        time.sleep(0.1)
number, token, _ = said["result"]
headers["authorization"] = "Session " + base64.b64encode(f"admin:{number}:{token}".encode()).decode()
[party] = call("model.party.party.create", [{"name": "Acme"}], {})[1]["result"]


def stands():
    wanted = [["id", "=", party], ["active", "in", [True, False]]]
    [found] = call("model.party.party.search_read", wanted, 0, 1, None, ["name", "active", "_timestamp"], {})[1]["result"]
    return found


old = stands()["_timestamp"]
text = call("model.party.party.write", [party], {"active": "false"}, {}), stands()["active"]
flag = call("model.party.party.write", [party], {"active": False}, {}), stands()["active"]
print(f"seen: of the text: {text[0]}, active {text[1]}; of the flag: {flag[0]}, active {flag[1]}")
call("model.party.party.write", [party], {"active": True}, {})
stale = call("model.party.party.write", [party], {"name": "Ours"}, {"_timestamp": {f"party.party,{party}": old}})
unnamed = call("model.party.party.write", [party], {"name": "Ours"}, {"_timestamp": {"party.party": old}})
print(f"seen: of an old version: {stale}; under a name without the number: {unnamed}, name {stands()['name']}")
if (
    text[0][0] != 200 or "error" in text[0][1] or not text[1] or flag[1]
    or stale[0] != 200 or stale[1]["error"][0] != "ConcurrencyException"
    or "error" in unnamed[1] or stands()["name"] != "Ours"
):
    sys.exit("changed: Tryton takes flags or versions otherwise")
PYTHON
