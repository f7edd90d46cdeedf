"""Receive webhooks on one machine, and handle the events on several, with Celery.

The web process puts events into Redis, and responds with 200 when they are there. If a
worker is killed, another one handles its events. Start a Redis, then, in this folder::

    waitress-serve --listen 127.0.0.1:8080 webhook_celery:hook
    celery -A webhook_celery worker

Run this file to deliver an event twice: a worker handles it once.
"""

from __future__ import annotations

import dataclasses
import os
import typing as t

from celery import Celery, Task
from celery.exceptions import Reject
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
# Redis returns the tasks of a killed worker after this time; by default, an hour.
VISIBILITY = int(os.environ.get("VISIBILITY_SECONDS", "600"))

app = Celery("webhooks", broker=REDIS_URL)
app.conf.update(
    # A task is removed from the queue when it is done, not when it begins.
    task_acks_late=True,
    # Also if its process is killed, for example for lack of memory.
    task_reject_on_worker_lost=True,
    # Leave waiting tasks to the other workers.
    worker_prefetch_multiplier=1,
    broker_transport_options={"visibility_timeout": VISIBILITY},
    task_soft_time_limit=TIME_LIMIT,
    task_ignore_result=True,
)
router = Router()
seen = RedisSeen(REDIS_URL, key="webhooks", claim_seconds=CLAIM)


@router.on("message:send", where=from_visitor)
def log(event: Event[ty.EventsMessageSend]) -> None:
    """Log the messages of visitors."""
    print(f"{event.data['session_id']}: {event.data['type']}", flush=True)


# With a name: workers drop tasks of other names, and a program that is run is called
# __main__ instead of webhook_celery.
@app.task(name="webhooks.handle", bind=True, max_retries=None)
def handle(self: Task[t.Any, t.Any], fields: dict[str, t.Any]) -> None:
    """Handle an event in a worker, and try again later if that fails."""
    try:
        handle_once(router, Event(**fields), seen=seen)
    except Exception as error:  # noqa: BLE001 - of any kind: the event must stay
        # A delay beyond the visibility timeout would multiply the task.
        delay = min(2**self.request.retries, VISIBILITY // 2)
        try:
            raise self.retry(exc=error, countdown=delay)
        except Reject:
            # Redis did not accept the retry, and Celery would now drop the event.
            raise Reject(error, requeue=True) from error


incoming = Router()


@incoming.on()
def enqueue(event: Event[t.Any]) -> None:
    """Put an event into the queue; if that fails, Crisp repeats the delivery."""
    handle.delay(dataclasses.asdict(event))


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
