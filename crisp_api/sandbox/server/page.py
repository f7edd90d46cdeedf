"""The page of a served sandbox: its inbox, and what a program does with it."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import typing as t

from aiohttp import web

from crisp_api.errors import CrispError
from crisp_api.sandbox.people import Visitor
from crisp_api.sandbox.server import html
from crisp_api.sandbox.server.html import Shown

if t.TYPE_CHECKING:
    from crisp_api.sandbox.engine import Engine
    from crisp_api.sandbox.hook import HookOptions

__all__ = ["Page"]

T = t.TypeVar("T")
_MOST: t.Final = 50
# A browser asks again after this, in milliseconds.
_RETRY: t.Final = 1000


class Page:
    """The page at ``/``, and the forms on it.

    Args:
        engine: what it shows.
        application: the HTTP server.
    """

    def __init__(self, engine: Engine, application: web.Application) -> None:
        self._engine = engine
        self._inside = engine.inside
        self._loop = asyncio.get_running_loop()
        self._watching: set[asyncio.Event] = set()
        router = application.router
        router.add_get("/", self._show)
        router.add_get("/changes", self._stream)
        router.add_post("/visitor", self._add_visitor)
        router.add_post("/message", self._add_message)
        router.add_post("/state", self._change_state)
        router.add_post("/hook", self._add_hook)
        engine.feed.watchers.append(self._touch)

    def close(self) -> None:
        """End the streams of browsers."""
        self._engine.feed.watchers.remove(self._touch)
        for event in self._watching:
            event.set()
        self._watching.clear()

    # --- reading

    async def _show(self, request: web.Request) -> web.Response:
        website_id = request.query.get("website") or self._engine.state.website_id
        session_id = request.query.get("conversation", "")
        # The page's own script reads it without style and script.
        is_bare = "X-Sandbox-Bare" in request.headers
        nonce = "" if is_bare else secrets.token_urlsafe(16)
        shown = await asyncio.to_thread(self._read, website_id, session_id)
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; "
            f"script-src 'nonce-{nonce}'; connect-src 'self'; form-action 'self'; "
            "img-src data:; base-uri 'none'; frame-ancestors 'none'"
        )
        headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        text = html.page(shown, nonce)
        return web.Response(text=text, content_type="text/html", headers=headers)

    def _read(self, website_id: str, session_id: str) -> Shown:
        """Return the contents of the page."""
        website = self._inside.client.website
        conversations: list[t.Any] = []
        messages: list[t.Any] = []
        with contextlib.suppress(CrispError, ValueError):
            conversations += website.list_conversations(
                website_id, include_empty=True, per_page=_MOST
            )
        with contextlib.suppress(CrispError, ValueError):
            if session_id:
                messages += website.get_messages_in_conversation(website_id, session_id)
        return Shown(
            origin=self._engine.state.origin,
            website_id=website_id,
            session_id=session_id,
            conversations=conversations,
            messages=messages,
            requests=self._engine.requests[: -_MOST - 1 : -1],
            events=self._engine.feed.events[: -_MOST - 1 : -1],
            deliveries=self._engine.hooks.log[: -_MOST - 1 : -1],
        )

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Send a line whenever something has changed, for as long as it is read."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        changed = asyncio.Event()
        self._watching.add(changed)
        try:
            # Something may have changed since the page was read.
            await response.write(f"retry: {_RETRY}\ndata: changed\n\n".encode())
            while changed in self._watching:
                await changed.wait()
                changed.clear()
                await response.write(b"data: changed\n\n")
        except ConnectionResetError:
            # The browser has left.
            pass
        finally:
            self._watching.discard(changed)
        return response

    def _touch(self) -> None:
        """Let browsers know of a change; callable from any thread."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for event in self._watching:
            event.set()

    # --- writing

    async def _add_visitor(self, request: web.Request) -> t.NoReturn:
        form = await _form(request)
        name = form.get("nickname", "")
        metas = {"nickname": name} if name else {}
        visitor = await _do(lambda: Visitor(self._inside, form["website"], metas))
        raise _see(form["website"], visitor.session_id)

    async def _add_message(self, request: web.Request) -> t.NoReturn:
        form = await _form(request, "conversation", "text")
        if form.get("as") not in {"visitor", "operator", "note"}:
            raise web.HTTPBadRequest(text="as is visitor, operator or note")
        place = (form["website"], form["conversation"])
        body: t.Any = {
            "type": "note" if form.get("as") == "note" else "text",
            "from": "user" if form.get("as") == "visitor" else "operator",
            "origin": "chat",
            "content": form["text"],
        }
        website = self._inside.client.website

        def send() -> None:
            is_blocked = website.get_conversation(*place)["is_blocked"]
            # The message of a visitor who is blocked does not arrive.
            if body["from"] == "operator" or not is_blocked:
                website.send_message_in_conversation(*place, body)

        await _do(send)
        raise _see(*place)

    async def _change_state(self, request: web.Request) -> t.NoReturn:
        form = await _form(request, "conversation", "state")
        place = (form["website"], form["conversation"])
        state: t.Any = {"state": form["state"]}
        change = self._inside.client.website.change_conversation_state
        await _do(lambda: change(*place, state))
        raise _see(*place)

    async def _add_hook(self, request: web.Request) -> t.NoReturn:
        form = await _form(request, "url")
        secret = form.get("secret")
        options: HookOptions = {"secret": secret} if secret else {}
        await _do(lambda: self._engine.hooks.register(form["url"], options))
        raise _see(form["website"], form.get("conversation", ""))


async def _do(change: t.Callable[[], T]) -> T:
    """Do what a form asks for, in a thread; refuse what the sandbox refuses.

    A function that receives webhooks may take its time.
    """
    try:
        return await asyncio.to_thread(change)
    except (CrispError, ValueError) as error:
        raise web.HTTPBadRequest(text=str(error)) from None


async def _form(request: web.Request, *names: str) -> dict[str, str]:
    """Return the fields of a form, some of which must be filled in."""
    try:
        form = await request.post()
    except (LookupError, ValueError):
        raise web.HTTPBadRequest(text="the form cannot be read") from None
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    for name in ("website", *names):
        if not fields.get(name):
            raise web.HTTPBadRequest(text=f"the field {name} is empty")
    return fields


def _see(website_id: str, session_id: str) -> web.HTTPSeeOther:
    query = {"website": website_id}
    if session_id:
        query["conversation"] = session_id
    return web.HTTPSeeOther(html.address(query))
