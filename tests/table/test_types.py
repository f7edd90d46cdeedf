"""The payloads against the ledger."""

from __future__ import annotations

import ast
import functools
import operator
import pathlib
import re
import subprocess
import sys
import typing as t

import pydantic
import pytest

from crisp_api import table
from crisp_api import types as ty
from crisp_api.documentation import field_docs
from crisp_api.jobs import Contact, OpenedConversation
from tests.support.ledger import (
    Field,
    Shape,
    answered,
    decided,
    decisions,
    sent,
    shapes,
)

SHAPES = decided()
DECISIONS = decisions()
OBJECTS = [shape for shape in SHAPES if shape.fields]
SOURCES = sorted(pathlib.Path(ty.__file__).parent.glob("*.py"))

# Names that are the library's own.
OURS = {
    *("AnalyticsFilter", "CustomData", "OpenObject", "OpenValue", "Payload"),
    *("ConversationSearch", "Date", "Flag", "Moment", "PeopleSearch", "PluginSettings"),
    *("CampaignFilters", "ConversationFilters", "HelpdeskArticleFilters"),
    *("HelpdeskTreeFilters", "MessagesQuery", "PeopleProfileFilters"),
    "EventsSessionSyncCapabilitiesData",
}
KINDS = {
    "ConversationTextMessage": ("text", str),
    "ConversationNoteMessage": ("note", str),
    **{
        f"Conversation{kind}Message": (
            kind.lower(),
            getattr(ty, f"Conversation{kind}MessageContentResponse"),
        )
        for kind in (
            *("File", "Animation", "Audio", "Picker", "Field", "Carousel", "Event"),
        )
    },
}
# Where the sources differ over a type, and where an open one has a name.
WIDER: dict[tuple[str, str], t.Any] = {
    ("EventsPeopleImportProgress", "items"): (
        ty.EventsPeopleImportProgressItems | list[ty.EventsPeopleImportProgressItem]
    ),
    ("EventsPeopleProfileUpdated", "update"): (
        ty.EventsPeopleProfileUpdate | ty.PeopleProfile
    ),
    ("EventsPeopleSyncProfile", "identity"): (
        ty.EventsPeopleSyncProfileIdentity | ty.PeopleProfile
    ),
    ("EventsSessionSyncCapabilities", "capabilities"): (
        list[str] | ty.EventsSessionSyncCapabilitiesData
    ),
    ("WebsiteBatchPeopleOperationInner", "search"): (
        ty.WebsiteBatchPeopleOperationInnerSearch | str
    ),
    ("WebsiteFilter", "query"): list[ty.OpenValue] | ty.OpenObject,
    ("WebsiteOperatorInvite", "verify"): ty.WebsiteOperatorInviteVerify | bool,
    **{
        (name, "original"): (
            ty.ConversationMessageNewOriginal | ty.ConversationMessageOriginal
        )
        for name in ("ConversationMessageNewBase", *(f"{kind}New" for kind in KINDS))
    },
    # Elsewhere the main inbox is null.
    ("Conversation", "inbox_id"): str | None,
    ("WebsiteVisitor", "inbox_id"): str | None,
    # The examples of Crisp's Node client send null, which its types do not have.
    ("HelpdeskSettingsAccess", "password"): str | None,
    ("HelpdeskSettingsAppearance", "banner"): str | None,
    ("HelpdeskSettingsAppearanceLogos", "footer"): str | None,
    ("HelpdeskSettingsAppearanceLogos", "header"): str | None,
    ("HelpdeskSettingsInclude", "html"): str | None,
    ("WebsiteBatchRemoveOperation", "inbox_id"): str | None,
    ("EventsPluginSettingsSaved", "settings"): ty.PluginSettings,
    ("PluginConnectWebsite", "settings"): ty.PluginSettings,
    ("PluginSubscriptionSettings", "settings"): ty.PluginSettings,
}
SCALARS = {
    "any": ty.OpenValue,
    "boolean": bool,
    "integer": int,
    "number": float,
    "object": ty.OpenObject,
    "string": str,
}


def each(shapes: list[Shape]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("shape", shapes, ids=lambda shape: shape.name)


def hint(text: str) -> t.Any:
    """Return the type for the ledger's notation."""
    if found := re.fullmatch(r"array<(.*)>", text):
        return list[hint(found[1])]  # type: ignore[misc]
    if text == "map<string,any>":
        return ty.OpenObject
    if found := re.fullmatch(r"map<string,(.*)>", text):
        values = found[1].split("|")
        if sorted(values) == ["boolean", "number", "string"]:
            return ty.CustomData
        return dict[str, hint(found[1])]  # type: ignore[misc]
    if "|" in text:
        return functools.reduce(operator.or_, map(hint, text.split("|")))
    return SCALARS[text] if text in SCALARS else getattr(ty, text)


def expected(shape: Shape, name: str, field: Field) -> t.Any:
    """Return the expected type of a field, by the ledger."""
    wanted = hint(field.type)
    if field.enum:
        wanted = t.Literal[tuple(field.enum)]
    wanted = WIDER.get((shape.name, name), wanted)
    return wanted | None if field.nullable else wanted


Remarks = dict[str, str]


def remarks() -> dict[str, Remarks]:
    """Return the comments on fields, by class, with those of its bases."""
    said: dict[str, Remarks] = {}
    bases: dict[str, list[str]] = {}
    for path in SOURCES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.parse("\n".join(lines)).body:
            if isinstance(node, ast.ClassDef):
                # Private names are distinguished by their module.
                name = node.name.replace("_", path.stem)
                names = [ast.unparse(base) for base in node.bases]
                bases[name] = [base.replace("_", path.stem) for base in names]
                said[name] = {
                    ast.unparse(field.target): remark(lines, field)
                    for field in node.body
                    if isinstance(field, ast.AnnAssign)
                }

    def whole(name: str) -> Remarks:
        inherited = [whole(base) for base in bases.get(name, [])]
        return functools.reduce(operator.or_, [*inherited, said.get(name, {})])

    return {name: whole(name) for name in said}


def remark(lines: list[str], field: ast.AnnAssign) -> str:
    """The comment beside a field, or above it."""
    beside = lines[(field.end_lineno or 0) - 1].partition("  # ")[2]
    above = lines[field.lineno - 2].strip()
    return beside or above * above.startswith("#")


def test_every_payload_of_the_ledger_is_there_and_no_other() -> None:
    exported = set(t.cast("t.Any", ty).__all__)

    assert exported < set(dir(ty))
    assert exported - OURS - KINDS.keys() == {shape.name for shape in SHAPES}
    assert len(shapes()) == 454
    assert len(SHAPES) == 454 + len(DECISIONS.responses)


@each([shape for shape in OBJECTS if shape.name != "ConversationMessage"])
def test_a_payload_has_the_fields_of_the_ledger(shape: Shape) -> None:
    payload = getattr(ty, shape.name)
    hints = t.get_type_hints(payload)

    # Only the base does not have it, and Go has it in all derived types.
    if shape.name == "ConversationMessageNewBase":
        assert hints.pop("mentions") == list[str]
    assert hints == {
        name: expected(shape, name, field) for name, field in shape.fields.items()
    }
    assert payload.__required_keys__ == {
        name for name, field in shape.fields.items() if not field.optional
    }
    assert payload.__doc__


def is_new_or_alone(field: Field) -> bool:
    """Return whether the ledger itself shows that a field can be absent."""
    alone = re.match(r"(Node|Go) only\b|Node up to", field.note)
    return field.since is not None or alone is not None


def test_every_field_of_a_response_is_decided() -> None:
    made, is_sent, is_answered = DECISIONS, sent(), answered()
    required, optional = dict(made.required), dict(made.optional)

    for shape in shapes():
        if shape.enum:
            continue
        both = shape.name in is_sent and shape.name in is_answered
        has_one_form = shape.name in made.shared
        assert both <= (shape.name in made.responses or has_one_form), shape.name
        if shape.name not in is_answered or has_one_form:
            continue
        name = made.responses.get(shape.name, shape.name)
        open_ = {field for field, known in shape.fields.items() if known.optional}
        must, may = set(required.pop(name, {})), set(optional.pop(name, {}))
        assert must <= open_, name
        assert may <= open_, name
        assert not must & may, name
        undecided = open_ - must - may
        assert all(is_new_or_alone(shape.fields[one]) for one in undecided), name

    # No decision is about a type or a field that does not exist.
    assert (required, optional) == ({}, {})


def test_a_type_of_responses_differs_from_the_type_that_is_sent() -> None:
    by_name = {shape.name: shape for shape in SHAPES}

    for name, response in DECISIONS.responses.items():
        before, after = by_name[name], by_name[response]
        assert (before.fields, before.union) != (after.fields, after.union), name


def test_every_decision_has_a_field_and_a_reason() -> None:
    made = DECISIONS
    by_name = {shape.name: shape for shape in SHAPES}
    reasons = {*made.shared.values(), *made.events.values()}
    for part in (made.required, made.optional, made.nullable):
        reasons |= {one for fields in part.values() for one in fields.values()}
        for name, fields in part.items():
            assert fields.keys() <= by_name[name].fields.keys(), name
    for changed in (made.types, made.added, made.queries):
        reasons |= {one for fields in changed.values() for _, one in fields.values()}

    assert reasons == made.reasons.keys()
    assert made.shared.keys() <= by_name.keys()
    assert made.types.keys() <= by_name.keys()
    assert made.added.keys() <= by_name.keys()


def test_a_query_is_as_wide_as_was_decided() -> None:
    for id_, parameters in DECISIONS.queries.items():
        known = {one.name: one.type for one in table.lookup(id_).parameters}
        for name, (type_, _) in parameters.items():
            assert known[name] == hint(type_) | None, (id_, name)


@each([shape for shape in SHAPES if shape.enum])
def test_a_closed_set_has_the_values_of_the_ledger(shape: Shape) -> None:
    values = t.get_args(getattr(ty, shape.name))

    if shape.name == "ConversationVerifyIdentity":
        # And any text that begins with urn:.
        literal, text = values
        assert text is str
        values = t.get_args(literal)
    assert list(values) == shape.enum


@each([shape for shape in SHAPES if shape.union])
def test_a_union_has_the_members_of_the_ledger(shape: Shape) -> None:
    assert list(t.get_args(getattr(ty, shape.name))) == [
        hint(member) for member in shape.union
    ]


def test_the_type_of_a_message_decides_its_class() -> None:
    (shape,) = [shape for shape in SHAPES if shape.name == "ConversationMessage"]
    kinds = [getattr(ty, name) for name in KINDS]

    assert list(t.get_args(ty.ConversationMessage)) == kinds
    for kind, (word, content) in zip(kinds, KINDS.values(), strict=True):
        assert t.get_type_hints(kind) == {
            **{
                name: expected(shape, name, field)
                for name, field in shape.fields.items()
            },
            "type": t.Literal[word],
            "content": content,
        }
        assert kind.__required_keys__ == {
            name for name, field in shape.fields.items() if not field.optional
        }
    assert {word for word, _ in KINDS.values()} == set(
        t.get_args(ty.ConversationMessageType)
    )


def test_moments_are_documented_as_milliseconds() -> None:
    for shape in OBJECTS:
        type_ = getattr(ty, shape.name)
        if not hasattr(type_, "__name__"):
            type_ = ty.ConversationTextMessage
        docs = field_docs(type_)
        for field, entry in shape.fields.items():
            is_moment = field == "timestamp" or field.endswith("_at")
            if is_moment and entry.type == "integer":
                assert "milliseconds" in docs[field], (shape.name, field)


def test_fields_of_one_client_alone_are_marked() -> None:
    said = remarks()
    seen = 0

    for shape in OBJECTS:
        name = getattr(getattr(ty, shape.name), "__name__", "ConversationTextMessage")
        for field, entry in shape.fields.items():
            # For these, a comment of the class or of its base has it.
            if field == "routing_ids" or (name, field) in WIDER:
                continue
            alone = re.match(r"(Node|Go) only\b", entry.note)
            for words in filter(None, [alone and alone[0], entry.since]):
                assert words in said[name][field], (name, field)
                seen += 1
    assert seen > 80


@each([shape for shape in OBJECTS if shape.since or shape.generation])
def test_versions_of_types_are_documented(shape: Shape) -> None:
    doc = getattr(ty, shape.name).__doc__

    assert ("Deprecated." in doc) is (shape.generation == "helpdesk-2025")
    assert ("Since Node" in doc) is (shape.since is not None)


def test_only_named_aliases_are_open() -> None:
    opened = [
        (path.stem, line.partition(" = ")[0])
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bAny\b", line)
    ]

    assert opened == [
        ("values", "OpenValue"),
        ("values", "OpenObject"),
        ("values", "Payload"),
        ("values", "PluginSettings"),
        ("website_analytics", "AnalyticsFilter"),
    ]


def test_a_payload_is_loaded_when_it_is_asked_for() -> None:
    program = """
import sys
import crisp_api.sandbox
from crisp_api import Crisp
Crisp(transport=crisp_api.sandbox.Sandbox()).website
assert "crisp_api.types.website_base" not in sys.modules
from crisp_api.types import *
assert Website.__name__ == "Website"
assert OpenObject
assert "t" not in globals()
"""

    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_payloads_need_nothing_that_is_not_installed() -> None:
    program = """
import sys
import typing
sys.modules["typing_extensions"] = None
from crisp_api import types
assert typing.is_typeddict(types.Website)
assert "content" in types.ConversationTextMessage.__required_keys__
assert "edited" not in types.ConversationTextMessage.__required_keys__
"""

    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("name", ["Websit", "website", "__wrapped__"])
def test_what_is_no_payload_is_no_attribute(name: str) -> None:
    with pytest.raises(AttributeError, match=f"crisp_api.types' has no .*'{name}'"):
        getattr(ty, name)


def test_pydantic_can_validate_every_payload() -> None:
    for name in {shape.name for shape in SHAPES} | OURS | KINDS.keys():
        pydantic.TypeAdapter(getattr(ty, name))

    adapter = pydantic.TypeAdapter(ty.ConversationMessage)
    message = {
        "type": "text",
        "from": "user",
        "origin": "chat",
        "content": "Hello!",
        "session_id": "s",
        "website_id": "w",
        "fingerprint": 1,
        "timestamp": 1,
        "preview": [],
        "mentions": [],
        "stamped": True,
        "read": None,
        "delivered": "",
        "user": {"user_id": "u", "nickname": "Jane"},
    }
    assert adapter.validate_python(message) == message
    with pytest.raises(pydantic.ValidationError):
        adapter.validate_python({**message, "content": {"id": "x"}})


def test_pydantic_can_validate_what_jobs_return() -> None:
    class Model(pydantic.BaseModel):
        contact: Contact
        opened: OpenedConversation

    contact = pydantic.TypeAdapter(Contact)
    opened = pydantic.TypeAdapter(OpenedConversation)
    values = {
        "contact": {"people_id": "p"},
        "opened": {"session_id": "s", "fingerprint": 1},
    }

    assert contact.validate_python(values["contact"]) == values["contact"]
    assert opened.validate_python(values["opened"]) == values["opened"]
    assert Model.model_validate(values).model_dump() == values
    with pytest.raises(pydantic.ValidationError, match="fingerprint"):
        opened.validate_python({"session_id": "s"})
    with pytest.raises(pydantic.ValidationError, match="people_id"):
        contact.validate_python({})
