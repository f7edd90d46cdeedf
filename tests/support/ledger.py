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
