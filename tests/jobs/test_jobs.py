"""Jobs of several calls, whatever goes wrong between the calls."""

from __future__ import annotations

import asyncio
import collections
import dataclasses
import datetime as dt
import inspect
import logging
import re
import typing as t
import uuid

import pytest

from crisp_api import (
    AsyncCrisp,
    ConflictError,
    ConnectionError,
    Crisp,
    CrispError,
    InvalidRequestError,
    InvalidResponseError,
    NotFoundError,
    PermissionDeniedError,
    RetryPolicy,
    ServerError,
    TimeoutError,
    history,
    send_once,
    table,
)
from crisp_api import types as ty
from crisp_api.http import Request, Response
from crisp_api.hugo import trigger_agent
from crisp_api.jobs import (
    export_conversations,
    export_people,
    open_conversation,
    request_upload,
    resolve_stale,
    upload,
    upsert_contact,
)
from crisp_api.sandbox import Sandbox
from crisp_api.transport import Attempt
from tests.support.clients import Side
from tests.support.doubles import NOW, Clock, Recorder, envelope
from tests.support.servers import Recording, closed_port
from tests.transport.test_secrets import KEY, found

DAY = dt.timedelta(days=1)
EMAIL = "jane@acme.example"
QUESTION: ty.ConversationTextMessageNew = {
    "type": "text",
    "from": "user",
    "origin": "chat",
    "content": "Where is my parcel?",
}


def name_of(request: Request) -> str:
    """The operation that a request is for."""
    match = table.find(request.method, request.path.removeprefix("/v1/"))
    return match.operation.name if match else request.path


class Way:
    """A way to a sandbox on which calls go wrong: those named, in turn.

    One is lost, or taken and its answer lost, or fails with a status; or goes through.
    """

    def __init__(self, sandbox: Sandbox, *faults: tuple[str, object]) -> None:
        self.sandbox = sandbox
        self.faults = list(faults)
        self.asked: list[Request] = []

    def send(self, request: Request, /) -> Response:
        self.asked.append(request)
        for fault in self.faults:
            if fault[0] == name_of(request):
                self.faults.remove(fault)
                return self.fail(request, fault[1])
        return self.sandbox.send(request)

    def fail(self, request: Request, what: object) -> Response:
        if isinstance(what, int):
            return Response(request, what, b"<html>")
        if what == "through":
            return self.sandbox.send(request)
        if what == "taken":
            self.sandbox.send(request)
        message = "cut off"
        raise ConnectionError(message, request)

    def writes(self) -> dict[str, int]:
        """The number of requests for each call that writes."""
        return collections.Counter(
            name_of(request) for request in self.asked if request.method != "GET"
        )


class Meanwhile(Way):
    """A transport that changes the sandbox before a request arrives."""

    def __init__(
        self, sandbox: Sandbox, name: str, does: t.Callable[[], object]
    ) -> None:
        super().__init__(sandbox)
        self.name = name
        self.does = does

    def send(self, request: Request, /) -> Response:
        if name_of(request) == self.name:
            self.does()
        return super().send(request)


FAST = RetryPolicy(initial_delay=0)


def run_job(
    side: Side, job: t.Any, transport: t.Any, *args: t.Any, **options: t.Any
) -> t.Any:
    """Run a job on a client of this transport, and close the client."""
    client = side.client(key=KEY, tier="plugin", transport=transport, retry=FAST)
    return side.run_closing(client, lambda: job(client, *args, **options))


@pytest.fixture
def web(sandbox: Sandbox) -> t.Any:
    """The website service of a client to which nothing happens."""
    return Crisp("i", "k", transport=sandbox).website


def test_an_async_job_sends_nothing_before_its_event_loop_runs() -> None:
    recorder = Recorder()
    job = upsert_contact(AsyncCrisp("i", "k", transport=recorder), "w", {})

    assert recorder.sent == []
    with pytest.raises(ValueError, match="must have an email"):
        asyncio.run(job)


@pytest.mark.parametrize(
    "function",
    [
        export_conversations,
        export_people,
        history,
        open_conversation,
        request_upload,
        resolve_stale,
        send_once,
        trigger_agent,
        upload,
        upsert_contact,
    ],
)
def test_a_function_of_a_client_refuses_a_service_in_the_place_of_its_client(
    function: t.Any,
) -> None:
    recorder = Recorder()
    required = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.kind is not one.VAR_KEYWORD
    ]
    args = ["x" for one in required[1:] if one.kind is not one.KEYWORD_ONLY]
    options = {one.name: "x" for one in required if one.kind is one.KEYWORD_ONLY}
    service = Crisp("i", "k", transport=recorder).website

    with pytest.raises(
        TypeError, match=r"\(\) takes a Crisp .*, not Website$"
    ) as caught:
        function(service, *args, **options)
    assert str(caught.value).startswith(function.__name__)
    assert recorder.sent == []


# --- contacts


@pytest.mark.parametrize("profile", [[], "jane@acme.example", None])
def test_a_profile_that_is_no_dict_is_refused(side: Side, profile: t.Any) -> None:
    recorder = Recorder()

    with pytest.raises(TypeError, match="profile must be a dict, not"):
        run_job(side, upsert_contact, recorder, "w", profile)
    assert recorder.sent == []


ADDED, CHANGED = "add_new_people_profile", "update_people_profile"


def test_a_contact_that_is_new_is_added(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox)

    contact = run_job(side, upsert_contact, way, sandbox.website_id, {"email": EMAIL})

    (person,) = web.list_people_profiles(sandbox.website_id)
    assert contact == {"people_id": person["people_id"]}
    assert way.writes() == {ADDED: 1}


def test_a_contact_that_exists_is_updated(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    card = {"email": EMAIL, "person": {"nickname": "Jane"}, "segments": ["vip"]}
    added = web.add_new_people_profile(sandbox.website_id, card)
    way = Way(sandbox)

    profile = {"email": EMAIL, "person": {"nickname": "Jane D."}}
    contact = run_job(side, upsert_contact, way, sandbox.website_id, profile)

    (person,) = web.list_people_profiles(sandbox.website_id)
    assert contact == added
    assert (person["person"]["nickname"], person["segments"]) == ("Jane D.", ["vip"])
    assert way.writes() == {ADDED: 1, CHANGED: 1}


def test_a_contact_that_was_added_meanwhile_is_updated(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    def add() -> None:
        web.add_new_people_profile(sandbox.website_id, {"email": EMAIL})

    way = Meanwhile(sandbox, ADDED, add)

    profile = {"email": EMAIL, "notepad": "Likes tea."}
    contact = run_job(side, upsert_contact, way, sandbox.website_id, profile)

    (person,) = web.list_people_profiles(sandbox.website_id)
    assert person["notepad"] == "Likes tea."
    assert contact == {"people_id": person["people_id"]}
    assert way.writes() == {ADDED: 1, CHANGED: 1}


def test_a_contact_that_was_removed_meanwhile_is_not_found(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    web.add_new_people_profile(sandbox.website_id, {"email": EMAIL})

    def remove() -> None:
        web.remove_people_profile(sandbox.website_id, EMAIL)

    way = Meanwhile(sandbox, CHANGED, remove)

    with pytest.raises(NotFoundError):
        run_job(side, upsert_contact, way, sandbox.website_id, {"email": EMAIL})
    assert web.list_people_profiles(sandbox.website_id) == []


@pytest.mark.parametrize("what", ["lost", "taken", 502])
def test_a_contact_whose_answer_is_lost_is_the_same_the_next_time(
    side: Side, what: object, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox, (ADDED, what))
    profile = {"email": EMAIL}

    with pytest.raises((ConnectionError, ServerError)):
        run_job(side, upsert_contact, way, sandbox.website_id, profile)
    assert way.writes() == {ADDED: 1}
    contact = run_job(side, upsert_contact, way, sandbox.website_id, profile)

    (person,) = web.list_people_profiles(sandbox.website_id)
    assert contact == {"people_id": person["people_id"]}
    assert way.writes()[ADDED] == 2


@pytest.mark.parametrize("what", ["lost", "taken", 502])
def test_a_change_whose_answer_is_lost_is_made_the_next_time(
    side: Side, what: object, sandbox: Sandbox, web: t.Any
) -> None:
    added = web.add_new_people_profile(sandbox.website_id, {"email": EMAIL})
    way = Way(sandbox, (CHANGED, what))
    profile = {"email": EMAIL, "notepad": "Likes tea."}

    with pytest.raises((ConnectionError, ServerError)):
        run_job(side, upsert_contact, way, sandbox.website_id, profile)
    assert way.writes() == {ADDED: 1, CHANGED: 1}
    assert run_job(side, upsert_contact, way, sandbox.website_id, profile) == added

    assert web.get_people_profile(sandbox.website_id, EMAIL)["notepad"] == "Likes tea."


def test_a_look_that_fails_does_not_repeat_the_change(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    web.add_new_people_profile(sandbox.website_id, {"email": EMAIL})
    way = Way(sandbox, *[("get_people_profile", 502)] * 4)

    with pytest.raises(ServerError):
        run_job(side, upsert_contact, way, sandbox.website_id, {"email": EMAIL})

    assert way.writes() == {ADDED: 1, CHANGED: 1}


@pytest.mark.parametrize("body", [envelope({}, reason="quota_exceeded"), b"<html>"])
def test_another_conflict_is_raised(side: Side, body: bytes) -> None:
    recorder = Recorder(body, 409)

    with pytest.raises(ConflictError):
        run_job(side, upsert_contact, recorder, "w", {"email": EMAIL})
    assert len(recorder.sent) == 1


@pytest.mark.parametrize(
    "profile", [{}, {"email": ""}, {"email": None}, {"email": ".."}, {"email": "a\nb"}]
)
def test_a_contact_without_an_email_is_refused(side: Side, profile: object) -> None:
    recorder = Recorder()

    with pytest.raises(ValueError, match=r"the profile must have an email|email "):
        run_job(side, upsert_contact, recorder, "w", profile)
    assert recorder.sent == []


# --- a conversation that is opened


CREATED, SAID = "create_new_conversation", "send_message_in_conversation"
TOLD = "update_conversation_metas"


def test_a_conversation_is_opened_whole(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox)

    metas = {"nickname": "Jane"}
    opened = run_job(
        side, open_conversation, way, sandbox.website_id, QUESTION, metas=metas
    )

    (listed,) = web.list_conversations(sandbox.website_id)
    assert listed["session_id"] == opened["session_id"]
    assert listed["meta"] == listed["meta"] | metas
    (message,) = web.get_messages_in_conversation(
        sandbox.website_id, opened["session_id"]
    )
    assert message["fingerprint"] == opened["fingerprint"]
    assert message["content"] == QUESTION["content"]
    assert list(way.writes()) == [CREATED, TOLD, SAID]


def test_a_conversation_needs_no_metas(side: Side, sandbox: Sandbox) -> None:
    way = Way(sandbox)

    run_job(side, open_conversation, way, sandbox.website_id, QUESTION)

    assert way.writes() == {CREATED: 1, SAID: 1}


@pytest.mark.parametrize("what", ["lost", "taken", 502])
def test_a_first_message_whose_answer_is_lost_is_there_once(
    side: Side, what: object, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox, (SAID, what))

    opened = run_job(side, open_conversation, way, sandbox.website_id, QUESTION)

    (message,) = web.get_messages_in_conversation(
        sandbox.website_id, opened["session_id"]
    )
    assert message["fingerprint"] == opened["fingerprint"]
    assert way.writes() == {CREATED: 1, SAID: 1 if what == "taken" else 2}


@pytest.mark.parametrize("what", ["lost", "taken", 502])
def test_a_conversation_whose_creation_is_lost_stays_invisible(
    side: Side, what: object, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox, (CREATED, what))

    with pytest.raises((ConnectionError, ServerError)) as caught:
        run_job(side, open_conversation, way, sandbox.website_id, QUESTION)

    assert not hasattr(caught.value, "__notes__")
    assert web.list_conversations(sandbox.website_id) == []
    assert way.writes() == {CREATED: 1}


def named(error: BaseException) -> tuple[str, int]:
    """The session and the fingerprint that an error names in its last note."""
    words = r"session_id='(\S+)', and a message with the fingerprint (\d+)"
    ((session_id, fingerprint),) = re.findall(words, error.__notes__[-1])
    return session_id, int(fingerprint)


@pytest.mark.parametrize("what", ["lost", "taken", 502])
def test_a_conversation_resumes_after_its_metas_failed(
    side: Side, what: object, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox, (TOLD, what))
    metas = {"nickname": "Jane"}

    with pytest.raises((ConnectionError, ServerError)) as caught:
        run_job(side, open_conversation, way, sandbox.website_id, QUESTION, metas=metas)
    assert way.writes() == {CREATED: 1, TOLD: 1}
    session_id, _ = named(caught.value)
    again = run_job(
        side,
        open_conversation,
        way,
        sandbox.website_id,
        QUESTION,
        metas=metas,
        session_id=session_id,
    )

    (listed,) = web.list_conversations(sandbox.website_id)
    assert again["session_id"] == session_id == listed["session_id"]
    assert way.writes() == {CREATED: 1, TOLD: 2, SAID: 1}


def test_metas_that_are_refused_keep_the_message_back(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox)

    metas = {"nickname": 7}
    with pytest.raises(InvalidRequestError) as caught:
        run_job(side, open_conversation, way, sandbox.website_id, QUESTION, metas=metas)

    session_id, _ = named(caught.value)
    assert web.check_conversation_exists(sandbox.website_id, session_id)
    assert way.writes() == {CREATED: 1, TOLD: 1}


def test_a_message_that_may_be_there_is_looked_for_the_next_time(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    way = Way(sandbox, (SAID, "taken"))

    with pytest.raises(ConnectionError) as caught:
        run_job(side, open_conversation, way, sandbox.website_id, QUESTION, tries=1)
    session_id, fingerprint = named(caught.value)
    message = {**QUESTION, "fingerprint": fingerprint}
    opened = run_job(
        side, open_conversation, way, sandbox.website_id, message, session_id=session_id
    )

    assert opened == {"session_id": session_id, "fingerprint": fingerprint}
    assert len(web.get_messages_in_conversation(sandbox.website_id, session_id)) == 1
    assert way.writes() == {CREATED: 1, SAID: 1}


def test_a_conversation_is_not_made_for_no_tries(side: Side) -> None:
    recorder = Recorder()

    with pytest.raises(ValueError, match="tries must be a whole number, 1 or more"):
        run_job(side, open_conversation, recorder, "w", QUESTION, tries=0)
    assert recorder.sent == []


@pytest.mark.parametrize("message", ["Hello", None, [QUESTION]])
def test_a_conversation_is_not_made_for_a_message_that_is_no_dict(
    side: Side, message: t.Any
) -> None:
    recorder = Recorder()

    with pytest.raises(TypeError, match="message must be a dict, not"):
        run_job(side, open_conversation, recorder, "w", message)
    assert recorder.sent == []


# --- conversations that are stale


RESOLVED = "batch_resolve_items"


def ask(web: t.Any, website_id: str) -> str:
    session_id: str = web.create_new_conversation(website_id)["session_id"]
    web.send_message_in_conversation(website_id, session_id, QUESTION)
    return session_id


def batches(way: Way) -> list[int]:
    """The number of conversations in each batch."""
    return [len(one.json["sessions"]) for one in way.asked if name_of(one) == RESOLVED]


def states(web: t.Any, website_id: str, session_ids: t.Iterable[str]) -> set[str]:
    return {web.get_conversation(website_id, one)["state"] for one in session_ids}


def test_what_is_stale_is_resolved_and_nothing_else(
    side: Side, sandbox: Sandbox, clock: Clock, web: t.Any
) -> None:
    done = ask(web, sandbox.website_id)
    web.change_conversation_state(sandbox.website_id, done, {"state": "resolved"})
    stale = [ask(web, sandbox.website_id) for _ in range(120)]
    clock.now = NOW + DAY
    fresh = ask(web, sandbox.website_id)
    way = Way(sandbox)

    resolved = run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)

    assert sorted(resolved) == sorted(stale)
    assert batches(way) == [50, 50, 20]
    assert states(web, sandbox.website_id, stale) == {"resolved"}
    assert states(web, sandbox.website_id, [fresh]) == {"pending"}


def test_where_nothing_is_stale_no_batch_is_sent(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    session_id = ask(web, sandbox.website_id)
    way = Way(sandbox)

    assert run_job(side, resolve_stale, way, sandbox.website_id, before=NOW) == []

    assert way.writes() == {}
    assert states(web, sandbox.website_id, [session_id]) == {"pending"}


def test_a_moment_to_come_is_one_before_which_all_are_stale(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    session_id = ask(web, sandbox.website_id)
    west = dt.timezone(dt.timedelta(hours=-8))
    before = (NOW + DAY).astimezone(west)

    assert run_job(
        side, resolve_stale, Way(sandbox), sandbox.website_id, before=before
    ) == [session_id]


def test_a_conversation_of_unknown_age_is_not_stale(side: Side) -> None:
    found = [{"session_id": "r"}, {"session_id": "s", "updated_at": None}]
    pages = [envelope(found), envelope([])]

    class Pages(Recorder):
        def send(self, request: Request, /) -> Response:
            self.body = pages.pop(0)
            return super().send(request)

    assert run_job(side, resolve_stale, Pages(), "w", before=NOW) == []
    assert pages == []


@pytest.mark.parametrize("what", ["lost", "taken", 502])
def test_an_error_in_the_second_batch_says_how_many_were_resolved(
    side: Side, what: t.Any, sandbox: Sandbox, clock: Clock, web: t.Any
) -> None:
    stale = [ask(web, sandbox.website_id) for _ in range(120)]
    clock.now = NOW + DAY
    way = Way(sandbox, (RESOLVED, "through"), (RESOLVED, what))

    with pytest.raises((ConnectionError, ServerError)) as caught:
        run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)
    assert caught.value.__notes__ == ["50 of 120 were resolved before this."]
    assert batches(way) == [50, 50]
    left = run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)

    assert len(left) == (20 if what == "taken" else 70)
    assert states(web, sandbox.website_id, stale) == {"resolved"}


def test_where_batches_are_refused_one_is_resolved_after_another(
    side: Side, sandbox: Sandbox, clock: Clock, web: t.Any
) -> None:
    stale = [ask(web, sandbox.website_id) for _ in range(60)]
    clock.now = NOW + DAY
    way = Way(sandbox, (RESOLVED, 403))

    assert (
        len(run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY))
        == 60
    )

    assert way.writes() == {RESOLVED: 1, "change_conversation_state": 60}
    assert states(web, sandbox.website_id, stale) == {"resolved"}


def test_one_that_is_removed_meanwhile_holds_up_no_other(
    side: Side, sandbox: Sandbox, clock: Clock, web: t.Any
) -> None:
    def remove() -> None:
        if gone not in removed:
            removed.append(gone)
            web.remove_conversation(sandbox.website_id, gone)

    stale = [ask(web, sandbox.website_id) for _ in range(5)]
    gone, removed = stale[2], list[str]()
    clock.now = NOW + DAY
    way = Meanwhile(sandbox, RESOLVED, remove)
    way.faults = [(RESOLVED, 403)]

    run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)

    stale.remove(gone)
    assert states(web, sandbox.website_id, stale) == {"resolved"}


def test_a_website_that_is_not_there_is_an_error_all_the_same(
    side: Side, sandbox: Sandbox, clock: Clock, web: t.Any
) -> None:
    ask(web, sandbox.website_id)
    clock.now = NOW + DAY
    way = Way(sandbox, (RESOLVED, 403), ("change_conversation_state", 404))

    with pytest.raises(NotFoundError):
        run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)


def test_where_that_is_refused_too_it_is_an_error(
    side: Side, sandbox: Sandbox, clock: Clock, web: t.Any
) -> None:
    for _ in range(3):
        ask(web, sandbox.website_id)
    clock.now = NOW + DAY
    changed = "change_conversation_state"
    way = Way(sandbox, (RESOLVED, 403), (changed, "through"), (changed, 403))

    with pytest.raises(PermissionDeniedError) as caught:
        run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)
    assert caught.value.__notes__ == ["1 of 3 were resolved before this."]


def test_a_page_that_fails_leaves_all_as_it_was(
    side: Side, sandbox: Sandbox, web: t.Any
) -> None:
    stale = [ask(web, sandbox.website_id) for _ in range(60)]
    faults = [("list_conversations", what) for what in ("through", *[502] * 4)]
    way = Way(sandbox, *faults)

    with pytest.raises(ServerError) as caught:
        run_job(side, resolve_stale, way, sandbox.website_id, before=NOW + DAY)

    assert caught.value.page_number == 2
    assert way.writes() == {}
    assert states(web, sandbox.website_id, stale) == {"pending"}


def test_a_moment_without_a_time_zone_is_refused(side: Side) -> None:
    recorder = Recorder()
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(ValueError, match="before must have a time zone"):
        run_job(side, resolve_stale, recorder, "w", before=naive)
    assert recorder.sent == []


@pytest.mark.parametrize("before", [5, "2026-01-01", dt.date(2026, 1, 1), None])
def test_a_moment_that_is_no_datetime_is_refused(side: Side, before: t.Any) -> None:
    recorder = Recorder()

    with pytest.raises(TypeError, match="before must be a datetime, not"):
        run_job(side, resolve_stale, recorder, "w", before=before)
    assert recorder.sent == []


# --- uploads


SIGNED = "/a%2Fcat.png?X-Signature=" + KEY + "&expires=7"


def generated(signed: str, size_limit: int = 3) -> ty.EventsBucketURLGenerated:
    return {
        "from": "plugin",
        "id": "i",
        "identifier": "x",
        "resource": {"type": "website", "id": "w"},
        "policy": {"size_limit": size_limit},
        "type": "image/png",
        "url": {"resource": "https://storage.example/cat.png", "signed": signed},
    }


EVENT = generated(f"https://storage.example{SIGNED}")


def test_an_upload_is_asked_for(side: Side) -> None:
    recorder = Recorder(envelope({}))

    first = run_job(side, request_upload, recorder, "w", "cat.png", "image/png")
    other = run_job(side, request_upload, recorder, "w", "c", "a/b", namespace="avatar")

    assert first != other
    assert str(uuid.UUID(first)) == first
    assert recorder.sent[0].path == "/v1/bucket/url/generate"
    assert recorder.sent[0].json == {
        "namespace": "upload",
        "id": first,
        "file": {"name": "cat.png", "type": "image/png"},
        "resource": {"type": "website", "id": "w"},
    }
    assert recorder.last.json["namespace"] == "avatar"


def test_an_upload_whose_answer_is_lost_is_asked_for_once(
    side: Side, sandbox: Sandbox
) -> None:
    way = Way(sandbox, ("generate_bucket_url", "lost"))

    with pytest.raises(ConnectionError):
        run_job(side, request_upload, way, "w", "cat.png", "image/png")
    assert len(way.asked) == 1


@pytest.mark.parametrize("website_id", ["", None, ".."])
def test_an_upload_for_no_website_is_refused(side: Side, website_id: t.Any) -> None:
    recorder = Recorder()

    with pytest.raises(ValueError, match="website_id is"):
        run_job(side, request_upload, recorder, website_id, "cat.png", "image/png")
    assert recorder.sent == []


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_file_is_uploaded(side: Side, status: int) -> None:
    recorder = Recorder(b"", status)

    url = run_job(side, upload, recorder, EVENT, b"cat")

    assert url == "https://storage.example/cat.png"
    (put,) = recorder.sent
    assert (put.method, put.url) == ("PUT", EVENT["url"]["signed"])
    assert (put.headers, put.body) == ({"Content-Type": "image/png"}, b"cat")
    assert (put.timeout, put.deadline is None) == (10, False)


def test_the_storage_is_shown_no_credentials(side: Side, server: Recording) -> None:
    event = generated(server.url.removesuffix("/v1/") + SIGNED)

    run_job(side, upload, None, event, b"cat")

    (put,) = server.seen
    assert (put.method, put.target, put.body) == ("PUT", SIGNED, b"cat")
    assert put.headers["content-type"] == "image/png"
    assert not put.headers.keys() & {"authorization", "x-crisp-tier", "cookie"}


def test_a_file_that_is_too_large_is_refused(side: Side) -> None:
    recorder = Recorder()

    with pytest.raises(
        ValueError, match="the file has 4 bytes, but at most 3 are allowed"
    ):
        run_job(side, upload, recorder, EVENT, b"cats")
    assert recorder.sent == []


@pytest.mark.parametrize("host", ["http://storage.example", "", "//storage.example"])
def test_an_address_that_is_not_encrypted_is_refused(side: Side, host: str) -> None:
    recorder = Recorder()

    with pytest.raises(ValueError, match="the URL is not https") as caught:
        run_job(side, upload, recorder, generated(host + SIGNED), b"cat")
    assert recorder.sent == []
    assert found(caught.value) == []


def test_a_type_that_is_no_header_is_refused(side: Side) -> None:
    recorder = Recorder()

    with pytest.raises(ValueError, match="the header Content-Type"):
        run_job(side, upload, recorder, {**EVENT, "type": "a\r\nb"}, b"cat")
    assert recorder.sent == []


def test_a_file_that_the_storage_refuses_is_an_error_of_its_status(side: Side) -> None:
    recorder = Recorder(f"<Signature>{KEY}</Signature>".encode(), 403)

    with pytest.raises(PermissionDeniedError, match="the file is not stored") as caught:
        run_job(side, upload, recorder, EVENT, b"cat")

    assert isinstance(caught.value, InvalidResponseError)
    assert caught.value.request.url == "https://storage.example/a%2Fcat.png"
    assert found(caught.value) == []


def test_a_file_is_not_stored_by_a_redirect(side: Side) -> None:
    with pytest.raises(InvalidResponseError, match="307"):
        run_job(side, upload, Recorder(b"", 307), EVENT, b"cat")


@pytest.mark.parametrize("what", ["lost", 503])
def test_an_upload_is_tried_again(side: Side, what: object, sandbox: Sandbox) -> None:
    class Storage(Way):
        def send(self, request: Request, /) -> Response:
            if self.faults:
                return super().send(request)
            self.asked.append(request)
            return Response(request, 200)

    way = Storage(sandbox, ("/a%2Fcat.png", what))

    assert run_job(side, upload, way, EVENT, b"cat") == EVENT["url"]["resource"]
    assert [put.body for put in way.asked] == [b"cat", b"cat"]


def test_a_storage_that_is_not_there_is_an_error_without_the_signature(
    side: Side,
) -> None:
    event = generated(f"http://127.0.0.1:{closed_port()}{SIGNED}")

    with pytest.raises(ConnectionError) as caught:
        run_job(side, upload, None, event, b"cat")

    assert caught.value.certainly_unsent
    assert found(caught.value) == []


def test_the_words_of_a_transport_do_not_show_the_signature(side: Side) -> None:
    class Slow:
        def send(self, request: Request, /) -> Response:
            message = f"no answer from {request.url} in time"
            raise TimeoutError(message, request)

    with pytest.raises(TimeoutError) as caught:
        run_job(side, upload, Slow(), EVENT, b"cat")

    shown = "no answer from https://storage.example/a%2Fcat.png?*** in time"
    assert str(caught.value) == f"{shown} (after 4 attempts)"
    assert found(caught.value) == []


def test_hooks_and_the_log_show_neither_the_signature_nor_the_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[Attempt] = []
    options: t.Any = {"on_request": told.append, "on_response": told.append}
    client = Crisp("i", "k", transport=Recorder(b""), **options)

    with caplog.at_level(logging.DEBUG, "crisp_api"):
        upload(client, EVENT, b"cat")

    assert [attempt.request.body for attempt in told] == [None, None]
    assert found(told) == []
    assert KEY not in caplog.text


def test_a_request_that_is_signed_does_not_show_it() -> None:
    recorder = Recorder(b"")
    upload(Crisp("i", "k", transport=recorder), EVENT, b"cat")

    assert KEY not in f"{recorder.last!r} {dataclasses.replace(recorder.last)!r}"
    assert recorder.last.redacted().redacted().path == "/a%2Fcat.png"


@pytest.mark.parametrize("data", [None, {}, {"session_id": 3, "people_id": ""}])
def test_an_answer_without_the_id_is_an_error_of_ours(side: Side, data: object) -> None:
    client = side.client(transport=side.recorder(envelope(data)))
    hello: t.Any = {"type": "text", "from": "user", "origin": "chat", "content": "Hi"}

    with pytest.raises(CrispError, match="create_new_conversation has no 'session_id'"):
        side.run(lambda: open_conversation(client, "w", hello))
    with pytest.raises(CrispError, match="the contact has no 'people_id'"):
        side.run(lambda: upsert_contact(client, "w", {"email": "a@b.example"}))
