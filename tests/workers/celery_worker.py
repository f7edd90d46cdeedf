"""The worker of the Celery example, with the handler of the tests."""

from __future__ import annotations

from webhook_celery import app, router

from tests.workers.effects import record

__all__ = ["app"]

router.on("message:send")(record)
