"""A FastAPI application with one async client for its whole life.

The client is made when the application starts, and closed when it stops, so that all
requests share its connections. In tests it gets a sandbox. To serve it, run
``uvicorn fastapi_app:app`` in this folder, with ``CRISP_IDENTIFIER``, ``CRISP_KEY`` and
``CRISP_TIER`` set.
"""

from __future__ import annotations

import contextlib
import typing as t

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.testclient import TestClient

from crisp_api import AsyncCrisp, NotFoundError
from crisp_api import types as ty
from crisp_api.sandbox import Sandbox


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> t.AsyncGenerator[None]:
    """Open the client, unless a test has set one."""
    if getattr(app.state, "crisp", None) is None:
        app.state.crisp = AsyncCrisp.from_env()
    async with app.state.crisp:
        yield


app = FastAPI(lifespan=lifespan)


def crisp(request: Request) -> AsyncCrisp:
    """Return the client of the application."""
    client: AsyncCrisp = request.app.state.crisp
    return client


Client = t.Annotated[AsyncCrisp, Depends(crisp)]


@app.get("/websites/{website_id}/conversations")
async def conversations(website_id: str, client: Client) -> list[ty.Conversation]:
    """Return the latest conversations."""
    return await client.website.list_conversations(website_id)


@app.post("/websites/{website_id}/conversations/{session_id}/resolve")
async def resolve(website_id: str, session_id: str, client: Client) -> dict[str, bool]:
    """Resolve a conversation."""
    try:
        await client.website.change_conversation_state(
            website_id, session_id, {"state": "resolved"}
        )
    except NotFoundError as error:
        raise HTTPException(404, "no such conversation") from error
    return {"resolved": True}


def main() -> None:
    """Try the application on a sandbox, as its tests would."""
    sandbox = Sandbox()
    app.state.crisp = AsyncCrisp("identifier", "key", transport=sandbox)
    with TestClient(app) as browser:
        place = f"/websites/{sandbox.website_id}/conversations"
        print(browser.get(place).json())
        print(browser.post(f"{place}/none/resolve").status_code)


if __name__ == "__main__":
    main()
