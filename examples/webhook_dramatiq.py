"""Receive webhooks on one machine, and handle the events on several, with Dramatiq.

The web process puts events into Redis, and responds with 200 when they are there. If a
worker is killed, another one handles its events. Start a Redis, then, in this folder::

    waitress-serve --listen 127.0.0.1:8080 webhook_dramatiq:hook
    dramatiq webhook_dramatiq

Run this file to deliver an event twice: a worker handles it once.
"""

from __future__ import annotations

import dataclasses
import os
import typing as t

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from werkzeug.test import Client

from crisp_api import types as ty
from crisp_api.events import Event, Router, from_visitor
from crisp_api.testing import signed_request
from crisp_api.webhooks import RedisSeen, handle_once, wsgi

SECRET = os.environ.get("CRISP_HOOK_SECRET", "a secret for the first try")
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
# In seconds. A handler that takes longer is interrupted, so a claim that is still valid
# after that belongs to a worker that was killed.
TIME_LIMIT = 60
CLAIM = int(os.environ.get("CLAIM_SECONDS", "120"))
# A worker that has been silent for this time counts as killed.
HEARTBEAT = int(os.environ.get("HEARTBEAT_SECONDS", "60"))

broker = RedisBroker(
    url=REDIS_URL,
    heartbeat_timeout=HEARTBEAT * 1_000,
    # One command in ten looks for the events of killed workers. By default, it is one
    # in a thousand, which takes long if few events arrive.
    maintenance_chance=100_000,
)
dramatiq.set_broker(broker)
router = Router()
seen = RedisSeen(REDIS_URL, key="webhooks", claim_seconds=CLAIM)


@router.on("message:send", where=from_visitor)
def log(event: Event[ty.EventsMessageSend]) -> None:
    """Log the messages of visitors."""
    print(f"{event.data['session_id']}: {event.data['type']}", flush=True)


# The delays between the attempts grow to ten minutes, in milliseconds.
@dramatiq.actor(
    max_retries=None,
    min_backoff=1_000,
    max_backoff=600_000,
    time_limit=TIME_LIMIT * 1_000,
)
def handle(fields: dict[str, t.Any]) -> None:
    """Handle an event in a worker; if that fails, Dramatiq tries again later."""
    handle_once(router, Event(**fields), seen=seen)


incoming = Router()


@incoming.on()
def enqueue(event: Event[t.Any]) -> None:
    """Put an event into the queue; if that fails, Crisp repeats the delivery."""
    handle.send(dataclasses.asdict(event))


# The workers recognize repeated deliveries. Here, an event that was seen may not have
# reached the queue.
hook = wsgi(incoming, secret=SECRET, inline=True, seen=None)


def main() -> None:
    """Deliver an event twice, as Crisp does if it misses the first response."""
    payload = {"website_id": "w", "session_id": "s", "type": "text", "from": "user"}
    browser = Client(hook)
    for attempt in (1, 2):
        body, headers = signed_request(
            "message:send", payload, secret=SECRET, attempt=attempt
        )
        response = browser.post("/", data=body, headers=headers)
        print(response.status_code, response.text)


if __name__ == "__main__":
    main()
