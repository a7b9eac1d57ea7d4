"""What schemathesis is told of Sekisho: whose token goes with a request, and what exists, so that requests reach what lies behind "not found".

The environment says where: SEKISHO_ENDPOINTS is a running stack's endpoints.json, SEKISHO_PERMISSIONS the matrix of roles and routes.
"""

import base64
import json
import os
import random
import re
import time
import urllib.request

import schemathesis

ENDPOINTS = json.load(open(os.environ["SEKISHO_ENDPOINTS"]))
SERVICES = ["intake", "classification", "scheduling", "tasking", "oversight"]
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
chance = random.Random(int(os.environ.get("SEKISHO_FUZZ_SEED", "1")))


def permitted():
    """Roles by method and path, as the generated page has them."""
    roles, columns = {}, []
    for line in open(os.environ["SEKISHO_PERMISSIONS"]):
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if cells and cells[0] == "Route":
            columns = cells[2:]
        elif cells and cells[0].startswith("`"):
            method, path = cells[0].strip("`").split(" ")
            marked = [role for role, mark in zip(columns, cells[2:]) if mark]
            roles[method, re.sub(r":(\w+)", r"{\1}", path)] = marked
    return roles


PERMITTED = permitted()
CLIENTS = {}
for name, client in ENDPOINTS["clients"].items():
    for role in client["roles"]:
        CLIENTS.setdefault(role, []).append(name)

tokens = {}


def token(name):
    kept = tokens.get(name)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    client = ENDPOINTS["clients"][name]
    credentials = base64.b64encode(f"{client['id']}:{client['secret']}".encode()).decode()
    asked = urllib.request.Request(
        ENDPOINTS["tokenEndpoint"], b"grant_type=client_credentials", {"authorization": f"Basic {credentials}"}
    )
    answer = json.load(urllib.request.urlopen(asked))
    tokens[name] = (time.monotonic() + answer["expires_in"] - 60, answer["access_token"])
    return answer["access_token"]


def whose(method, path):
    return chance.choice(CLIENTS[chance.choice(PERMITTED[method.upper(), path])])


@schemathesis.auth(refresh_interval=None)
class Somebody:
    """One time in ten somebody whose role may not."""

    def get(self, case, _context):
        allowed = (case.method.upper(), case.operation.path) in PERMITTED and chance.random() > 0.1
        return token(whose(case.method, case.operation.path) if allowed else chance.choice(sum(CLIENTS.values(), [])))

    def set(self, case, data, _context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


known = {}


def remember(value, name=""):
    """Keeps ids and digests under the names that they have in answers."""
    if isinstance(value, dict):
        for key, part in value.items():
            remember(part, key)
    elif isinstance(value, list):
        for part in value:
            remember(part, name[:-1] if name.endswith("s") else name)
    elif isinstance(value, str) and (UUID.fullmatch(value) or value.startswith("sha256:")):
        of_name = known.setdefault(name, [])
        if value not in of_name and len(of_name) < 200:
            of_name.append(value)


def look_around():
    for service in SERVICES:
        base = ENDPOINTS[service]
        for path, methods in json.load(urllib.request.urlopen(f"{base}/openapi.json"))["paths"].items():
            if "get" not in methods or "{" in path or path == "/v1/standing":
                continue
            asked = urllib.request.Request(f"{base}{path}", headers={"authorization": f"Bearer {token(whose('GET', path))}"})
            remember(json.load(urllib.request.urlopen(asked)))


look_around()


def real(name, value):
    """Every other time an id that exists, in the place of one that hardly does."""
    if isinstance(value, list) and name.endswith("s"):
        return [real(name[:-1] if name.endswith("Ids") else f"{name[:-1]}Id", part) for part in value]
    right = isinstance(value, str) and (UUID.fullmatch(value) or value.startswith("sha256:"))
    return chance.choice(known[name]) if right and name in known and chance.random() < 0.5 else value


@schemathesis.hook
def before_call(_context, case, _kwargs):
    for name, value in list((case.path_parameters or {}).items()):
        collection = re.search(r"(\w+)/\{" + name + r"\}", case.operation.path)
        of = f"{collection[1].rstrip('s')}Id" if name == "id" and collection else name
        case.path_parameters[name] = real(of, value)
    if isinstance(case.body, dict):
        case.body = {name: real(name, value) for name, value in case.body.items()}


@schemathesis.hook
def after_call(_context, _case, response):
    if "json" in response.headers.get("content-type", [""])[0]:
        try:
            remember(response.json())
        except ValueError:
            pass
