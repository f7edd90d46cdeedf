"""Receive webhooks in a Flask application.

The hook is a WSGI application of its own, next to the routes of Flask. A thread handles
the events after the response. To serve it, run ``waitress-serve webhook_flask:app`` in
this folder, with ``CRISP_HOOK_SECRET`` set.
"""

from __future__ import annotations

import os

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from crisp_api import types as ty
from crisp_api.events import Event, Router
from crisp_api.testing import signed_request
from crisp_api.webhooks import wsgi

SECRET = os.environ.get("CRISP_HOOK_SECRET", "a secret for the first try")
router = Router()


@router.on("session:set_state")
def note(event: Event[ty.EventsSessionSetState]) -> None:
    """Note a conversation that was resolved."""
    print(f"{event.data['session_id']} is {event.data['state']}")


app = Flask(__name__)
hook = wsgi(router, secret=SECRET)


@app.get("/")
def index() -> str:
    """Respond to people."""
    return "This is a receiver of webhooks."


app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/hook": hook})  # type: ignore[method-assign]


def main() -> None:
    """Deliver an event."""
    payload = {"website_id": "w", "session_id": "session_1", "state": "resolved"}
    delivery = signed_request("session:set_state", payload, secret=SECRET)
    with app.test_client() as browser:
        print(browser.get("/").text)
        response = browser.post("/hook", data=delivery.body, headers=delivery.headers)
        print(response.status_code, response.text)
    hook.drain(10)


if __name__ == "__main__":
    main()
