"""The worker of the Dramatiq example, with the handler of the tests."""

from __future__ import annotations

from webhook_dramatiq import broker, router

from tests.workers.effects import record

__all__ = ["broker"]

router.on("message:send")(record)
