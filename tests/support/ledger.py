"""The ledger: what the reference and Crisp's clients say, kept apart from the table."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

_DATA = pathlib.Path(__file__).parents[1] / "data"


class Operation(t.NamedTuple):
    """One operation of the reference."""

    service: str
    name: str
    aliases: list[str]
    method: str
    path: str
    path_params: list[str]
    query: list[str]
    required_query: list[str]
    body: str | None
    response: str | None
    label: str
    label_name: str
    anchor: str
    deprecated: bool
    replaced_by: list[str]
    seed_signature: str | None
    official_python: str | None
    variants: list[dict[str, t.Any]]
    tiers: list[str]

    @property
    def id(self) -> str:
        return f"{self.service}.{self.name}"


def operations() -> list[Operation]:
    """All operations, in the reference's order."""
    return [
        Operation(
            service=entry["service"],
            name=entry["name"],
            aliases=entry["aliases"],
            method=entry["method"],
            path=entry["path"].removeprefix("/"),
            path_params=entry["path_params"],
            query=[parameter["name"] for parameter in entry["query"]],
            required_query=[p["name"] for p in entry["query"] if p["required"]],
            body=entry["body"] and entry["body"]["type"],
            response=entry["response"],
            label=entry["title"],
            label_name=entry["label_name"],
            anchor=entry["anchor"],
            deprecated=entry["deprecated"],
            replaced_by=entry["replaced_by"],
            seed_signature=entry["seed_signature"],
            official_python=entry["official_python"],
            variants=entry["variants"],
            tiers=entry["tiers"] or [],
        )
        for entry in _read("endpoints.json")
    ]


class Field(t.NamedTuple):
    """A field of a payload."""

    type: str
    optional: bool
    nullable: bool
    enum: list[str]
    note: str
    since: str | None


class Decisions(t.NamedTuple):
    """Differences between the types and the ledger, with reasons.

    Attributes:
        reasons: the texts of the short names of reasons.
        responses: types that are sent too, and the types of the same in a response.
        shared: types that are sent too, and stay as they are in a response.
        required: fields that the ledger has as optional, by type.
        optional: fields of responses that stay optional, by type.
        events: fields that are optional in every event.
        nullable: fields that may be null, by type.
        types: fields of a wider type, by type.
        added: fields that the ledger does not have, by type.
        queries: query parameters of a wider type, by operation.
    """

    reasons: dict[str, str]
    responses: dict[str, str]
    shared: dict[str, str]
    required: dict[str, dict[str, str]]
    optional: dict[str, dict[str, str]]
    events: dict[str, str]
    nullable: dict[str, dict[str, str]]
    types: dict[str, dict[str, tuple[str, str]]]
    added: dict[str, dict[str, tuple[str, str]]]
    queries: dict[str, dict[str, tuple[str, str]]]


def decisions() -> Decisions:
    """All decisions in the data."""
    return Decisions(**_read("required.json"))


class Shape(t.NamedTuple):
    """A payload: an object with fields, a closed set of values, or a union."""

    name: str
    fields: dict[str, Field]
    enum: list[str]
    union: list[str]
    generation: str | None
    since: str | None


def shapes() -> list[Shape]:
    """All payloads, in alphabetical order."""
    return [
        Shape(
            name=name,
            fields={
                field: Field(
                    type=said["type"],
                    optional=said["optional"],
                    nullable=said.get("nullable", False),
                    enum=said.get("enum", []),
                    note=said.get("note", ""),
                    since=said.get("since"),
                )
                for field, said in entry.get("fields", {}).items()
            },
            enum=entry.get("enum", []),
            union=entry.get("union", []),
            generation=entry.get("generation"),
            since=entry.get("since"),
        )
        for name, entry in _read("types.json").items()
    ]


def decided() -> list[Shape]:
    """All payloads as the types have them, those of responses too."""
    made, known = decisions(), shapes()
    is_sent = sent()
    found: list[Shape] = []
    for shape in known:
        responses = {} if shape.name in is_sent else made.responses
        found.append(_decided(shape, made, responses))
        if shape.name in made.responses:
            response = shape._replace(name=made.responses[shape.name])
            found.append(_decided(response, made, made.responses))
    return found


def _decided(shape: Shape, made: Decisions, responses: dict[str, str]) -> Shape:
    name = shape.name
    events = made.events if name.startswith("Events") else {}
    fields = {
        field: known._replace(
            type=_renamed(
                made.types.get(name, {}).get(field, (known.type,))[0], responses
            ),
            optional=(known.optional or field in events)
            and field not in made.required.get(name, {}),
            nullable=known.nullable or field in made.nullable.get(name, {}),
        )
        for field, known in shape.fields.items()
    }
    for field, (type_, _) in made.added.get(name, {}).items():
        assert field not in fields, (name, field)
        fields[field] = Field(type_, True, False, [], "", None)
    union = [_renamed(member, responses) for member in shape.union]
    return shape._replace(fields=fields, union=union)


def _renamed(type_: str, names: dict[str, str]) -> str:
    return re.sub(r"\w+", lambda found: names.get(found[0], found[0]), type_)


def sent() -> set[str]:
    """The payloads in the bodies of requests, and those in them."""
    # No operation has it: the ledger's base of all messages to send.
    bases = ["ConversationMessageNewBase"]
    return _within([*bases, *(one.body for one in operations() if one.body)])


def answered() -> set[str]:
    """The payloads in the answers to requests, and those in them."""
    return _within([one.response for one in operations() if one.response])


def _within(types: list[str]) -> set[str]:
    known = {shape.name: shape for shape in shapes()}
    found: set[str] = set()
    while types:
        for name in set(re.findall(r"\w+", types.pop())) & known.keys() - found:
            found.add(name)
            shape = known[name]
            types += [*shape.union, *(field.type for field in shape.fields.values())]
    return found


def _read(name: str) -> t.Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


class OlderCall(t.NamedTuple):
    """A call as an older client spells it: ``website.get_website(website_id)``."""

    target: str
    arguments: list[str]
    operation: Operation

    @property
    def id(self) -> str:
        return self.target


def seed_calls() -> list[OlderCall]:
    """The calls of the first client."""
    return [
        _older(signature.removeprefix("client."), operation)
        for operation in operations()
        for signature in [
            operation.seed_signature,
            *(variant["seed_signature"] for variant in operation.variants),
        ]
        if signature
    ]


def official_calls() -> list[OlderCall]:
    """The calls of crisp-api 1.1.23."""
    return [
        _older(signature, operation)
        for operation in operations()
        for signature in [
            operation.official_python,
            *(variant["official_python"] for variant in operation.variants),
        ]
        if signature
    ]


def _older(signature: str, operation: Operation) -> OlderCall:
    found = re.fullmatch(r"([\w.]+)\((.*)\)", signature)
    assert found, signature
    arguments = re.findall(r"(\w+)(?:=''|\")?(?:, |$)", found[2])
    return OlderCall(found[1], arguments, operation)
