"""The database: files, snapshots, dumps, transactions, and searches."""

from __future__ import annotations

import contextlib
import hashlib
import pathlib
import re
import sqlite3
import subprocess
import sys
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisp_api import Crisp, InvalidRequestError
from crisp_api.sandbox import Sandbox, schema_sql
from crisp_api.sandbox.database import VERSION
from crisp_api.sandbox.handlers.people_search import SORTED
from crisp_api.sandbox.model import CONVERSATION, PEOPLE, RESOURCES, Resource
from crisp_api.sandbox.query import Query
from crisp_api.sandbox.store import Store
from tests.sandbox.here import Clock, Here, here

__all__ = ["here"]

# Of version 2. If the tables change, increase VERSION, and correct this.
DIGEST: t.Final = "e4e6fe366601e3bd"


def test_the_version_changes_with_the_tables() -> None:
    statements = [*schema_sql.BASE, schema_sql.FULL_TEXT, schema_sql.PLAIN_TEXT]
    for resource in RESOURCES:
        statements += schema_sql.table(resource)
        if resource.texts:
            statements += schema_sql.refreshed(resource)
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()

    assert (VERSION, digest[:16]) == (2, DIGEST)


def test_resources_with_texts_have_a_slot_each() -> None:
    slots = [resource.text_slot for resource in RESOURCES if resource.texts]

    assert sorted(slots) == list(range(len(slots)))


def test_columns_that_lists_are_ordered_by_have_a_value() -> None:
    # Pages begin where the last one ended, and no row comes after NULL.
    for resource in RESOURCES:
        store = Store()
        store.put(resource, tuple("a" for _ in resource.variables), {})
        orders = {resource.order, *resource.orders.values()}
        if resource is PEOPLE:
            orders |= set(SORTED.values())
        for order in orders:
            has_value = Query().where(f"{order} IS NOT NULL")
            assert store.every(resource, has_value), (resource.name, order)


# --- files


def talk(sandbox: Sandbox) -> Here:
    client = Crisp("i", "k", tier="plugin", transport=sandbox)
    return Here(sandbox, client, sandbox.website_id)


def test_a_file_keeps_the_state(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crisp.db"
    with Sandbox(path=path, clock=Clock()) as sandbox:
        first = talk(sandbox).open("hello")

    with Sandbox(path=path, clock=Clock()) as sandbox:
        assert talk(sandbox).listed(search_query="hello") == ["hello"]
        assert talk(sandbox).open("again") != first


def test_a_file_is_used_by_one_sandbox_at_a_time(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crisp.db"
    program = (
        "import sys; from crisp_api.sandbox import Sandbox; Sandbox(path=sys.argv[1])"
    )
    with Sandbox(path=path):
        with pytest.raises(BlockingIOError, match="cannot be used"):
            Sandbox(path=path)
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert "BlockingIOError: the data file" in done.stderr


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: pathlib.Path) -> None:
    with pytest.raises(OSError, match="cannot be"):
        Sandbox(path=tmp_path / "missing" / "crisp.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database " * 100, encoding="ascii")

    with pytest.raises(ValueError, match="is not a data file of the sandbox"):
        Sandbox(path=path)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("CREATE TABLE mine (x)", "is not a data file of the sandbox"),
        ("PRAGMA user_version = 99", "is not from this version of the sandbox; dump()"),
    ],
)
def test_a_database_of_another_program_or_version_is_refused(
    tmp_path: pathlib.Path, statement: str, reason: str
) -> None:
    path = tmp_path / "other.db"
    if "PRAGMA" in statement:
        Sandbox(path=path).close()
    database = sqlite3.connect(path)
    database.execute(statement)
    database.close()

    with pytest.raises(ValueError, match=re.escape(reason)):
        Sandbox(path=path)


# --- snapshots and dumps


def test_a_snapshot_is_gone_back_to(here: Here) -> None:
    here.open("before")
    snapshot = here.sandbox.snapshot()
    after = here.open("after")

    here.sandbox.restore(snapshot)

    assert here.listed() == ["before"]
    # The identifiers that come next are those that came next before.
    assert here.open("after") == after
    assert here.listed(search_query="after") == ["after"]


def test_a_snapshot_is_restored_into_a_file(here: Here, tmp_path: pathlib.Path) -> None:
    here.open("hello")
    path = tmp_path / "crisp.db"

    with Sandbox(path=path, clock=Clock()) as sandbox:
        sandbox.restore(here.sandbox.snapshot())
    with Sandbox(path=path) as sandbox:
        assert talk(sandbox).listed() == ["hello"]


@pytest.mark.parametrize("snapshot", [b"", b"text" * 1000])
def test_what_is_no_snapshot_is_refused(here: Here, snapshot: bytes) -> None:
    here.open("hello")

    with pytest.raises(ValueError, match="snapshot"):
        here.sandbox.restore(snapshot)

    assert here.listed() == ["hello"]


@pytest.mark.parametrize("start", [0, 40_960, -8_192])
def test_a_damaged_snapshot_is_refused(here: Here, start: int) -> None:
    here.open("hello")
    snapshot = here.sandbox.snapshot()
    kept = snapshot[:start] if start else b""

    with pytest.raises(ValueError, match="not a snapshot of the sandbox"):
        here.sandbox.restore(kept + b"\xff" * (len(snapshot) - len(kept)))

    assert here.listed() == ["hello"]


def test_a_dump_is_loaded_into_another_sandbox(here: Here) -> None:
    session_id = here.open("hello", segments=["vip"])
    other = talk(Sandbox(clock=Clock()))

    other.sandbox.load(here.sandbox.dump())

    assert other.sandbox.dump() == here.sandbox.dump()
    assert other.listed(search_query="vip", search_type="segment") == ["hello"]
    other.say(session_id, "again")
    assert other.open("next") != session_id


def test_a_dump_of_another_version_is_refused(here: Here) -> None:
    with pytest.raises(ValueError, match="version should be 1, not 2"):
        here.sandbox.load({"version": 2})


@pytest.mark.parametrize("name", ["counter", "text", "stale", "sqlite_master", 'a"b'])
def test_a_dump_with_an_unknown_table_is_refused(here: Here, name: str) -> None:
    dumped = here.sandbox.dump()
    item = {"path": ["a"], "document": {}}

    with pytest.raises(ValueError, match="not what dump"):
        here.sandbox.load(dumped | {"objects": {name: [item]}})

    assert here.sandbox.dump() == dumped


# --- objects


def test_a_refused_request_changes_nothing(here: Here) -> None:
    session_id = here.open("hello")
    place = (here.website_id, session_id)
    before = here.sandbox.dump()["objects"]

    with pytest.raises(InvalidRequestError):
        here.website.batch_routing_items(
            here.website_id,
            {"sessions": [session_id], "assigned": {"user_id": "nobody"}},
        )
    with pytest.raises(InvalidRequestError):
        here.website.update_message_in_conversation(
            *place, here.say(session_id, "x"), {"content": {}}
        )
    here.website.remove_message_in_conversation(
        *place, here.website.get_messages_in_conversation(*place)[-1]["fingerprint"]
    )

    after = here.sandbox.dump()["objects"]
    assert after["message"] == before["message"]


def test_an_identifier_has_no_control_characters(here: Here) -> None:
    # A client refuses them, so ask the store.
    store = here.sandbox._store

    for key in ("a\x1fb", "a\0b"):
        with pytest.raises(Exception, match="invalid_data"):
            store.get(CONVERSATION, (here.website_id, key))


def test_a_resource_that_was_not_declared_gets_a_table() -> None:
    store, resource = Store(), Resource("thing", "things/{thing_id}")

    store.put(resource, ("a",), {"x": 1})

    assert store.get(resource, ("a",)) == {"x": 1}
    other = Store()
    other.load(store.dump())
    assert other.dump() == store.dump()


@given(
    words=st.lists(
        st.sampled_from(["Éclair", "straße", "a_b", "x", "注文はガスの"]), max_size=4
    ),
    text=st.sampled_from(
        ["eclair", "注文", "ガ", "ECL", "stras", "b", "éclair x", "x a", "", "_"]
    ),
)
def test_a_search_is_the_same_with_and_without_an_index(
    words: list[str], text: str
) -> None:
    found = []
    for full_text in (True, False):
        store = Store(full_text=full_text)
        meta = {"nickname": " ".join(words), "email": "", "segments": [], "data": {}}
        doc = {"meta": meta, "mentions": []}
        store.put(CONVERSATION, ("w", "s"), doc)
        query = store.search(Query(), text)
        found.append(store.count(CONVERSATION, ("w",), query))
        store.close()

    assert found[0] == found[1]


def test_texts_without_spaces_are_found_by_a_part_of_them(here: Here) -> None:
    here.open("注文はいつ届きますか")

    assert here.listed(search_query="届きます") == ["注文はいつ届きますか"]
    assert here.listed(search_query="返品") == []


def test_a_sqlite_without_full_text_search_compares_all_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = schema_sql.FULL_TEXT.replace("fts5", "fts99")
    monkeypatch.setattr(schema_sql, "FULL_TEXT", missing)
    here = talk(Sandbox(clock=Clock()))
    here.open("hello there")
    here.open("bye")

    assert here.listed(search_query="THE") == ["hello there"]


def test_pages_are_the_same_after_writes(here: Here) -> None:
    for number in range(70):
        here.open(f"{number}")
    assert here.listed(1)[-1] == "50"

    here.open("new")

    assert here.listed(2)[0] == "50"
    assert here.listed(3)[0] == "30"
    # Of many lists at once, the oldest ends are forgotten.
    for number in range(300):
        here.listed(1, filter_date_end=f"{2024 + number}-01-01")
    assert here.listed(3)[0] == "30"


def test_the_end_of_a_page_is_forgotten_with_what_was_undone() -> None:
    store, resource = Store(), Resource("thing", "things/{thing_id}")
    for number in (1, 2, 3):
        store.put(resource, (str(number),), {"number": number})

    with contextlib.suppress(KeyError), store.transaction():
        store.put(resource, ("0",), {"number": 0})
        store.select(resource, (), Query(), 0, 1)
        raise KeyError

    assert store.select(resource, (), Query(), 1, 1) == [{"number": 2}]


def test_a_page_may_be_far_away(here: Here) -> None:
    here.open("hello")

    assert here.listed(10**17) == []
