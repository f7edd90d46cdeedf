"""Time-outs of async calls, with one timer for a whole event loop."""

from __future__ import annotations

import asyncio
import contextlib
import typing as t

import pytest

from crisp_api import TimeoutError, TransportError
from crisp_api.http import Request
from crisp_api.transport import AiohttpTransport, aiohttp_
from crisp_api.transport._watch import PIECE, Body, Wait, Watch
from tests.support.servers import head

# Seconds, where nothing else has to fit in.
SOON = 0.05
# Seconds, where something has to be done before they are over.
SHORT = 1.0


class Waiting:
    """A server that answers when the test lets it."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked = asyncio.Semaphore(0)

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.closing(writer), contextlib.suppress(OSError):
            while await head(reader):
                self.asked.release()
                await self.go.wait()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


@contextlib.asynccontextmanager
async def waiting() -> t.AsyncIterator[tuple[Waiting, AiohttpTransport, str]]:
    server, transport = Waiting(), AiohttpTransport()
    async with await asyncio.start_server(server.answer, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        yield server, transport, f"http://127.0.0.1:{port}/"
        server.go.set()
        await transport.close()


def test_a_response_must_come_in_time() -> None:
    async def late(
        body: bytes | None, each: float | None, deadline: float | None
    ) -> None:
        async with waiting() as (server, transport, url):
            # A connection is there, so that it is the response that is late.
            server.go.set()
            await transport.send(Request("GET", url))
            server.go.clear()
            request = Request("PUT", url, {}, body, each, deadline)
            with pytest.raises(TimeoutError) as caught:
                await transport.send(request)
            assert caught.value.sent is None, (body, each, deadline)

    async def main() -> None:
        bodies = None, b"{}", b"x" * 100_000
        limits = (SHORT, None), (None, SHORT), (SHORT, 60.0), (60.0, SHORT)
        # At once, each on its own transport: most of the time is waiting.
        await asyncio.gather(
            *(late(body, *limit) for body in bodies for limit in limits)
        )

    asyncio.run(main())


def test_what_waits_for_a_connection_does_not_wait_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def main() -> None:
        async with waiting() as (server, transport, url):
            patient = Request("GET", url, timeout=None)
            first = asyncio.create_task(transport.send(patient))
            await server.asked.acquire()
            hasty = Request("GET", url, timeout=SHORT)
            second = asyncio.create_task(transport.send(hasty))
            await asyncio.sleep(1.5 * SHORT)
            server.go.set()
            answers = await asyncio.gather(first, second)
            assert [answer.status for answer in answers] == [200, 200]

    monkeypatch.setattr(aiohttp_, "_POOL_SIZE", 1)
    asyncio.run(main())


def test_what_has_no_connection_by_its_deadline_was_not_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def main() -> None:
        async with waiting() as (server, transport, url):
            first = asyncio.create_task(transport.send(Request("GET", url)))
            await server.asked.acquire()
            with pytest.raises(
                TimeoutError, match="no connection before the deadline"
            ) as caught:
                await transport.send(Request("POST", url, deadline=SOON))
            assert caught.value.certainly_unsent
            server.go.set()
            await first

    monkeypatch.setattr(aiohttp_, "_POOL_SIZE", 1)
    asyncio.run(main())


def test_a_cancellation_by_the_caller_is_passed_on() -> None:
    async def main() -> None:
        async with waiting() as (server, transport, url):
            request = Request("GET", url, timeout=None)
            for is_late in (False, True):
                call = asyncio.create_task(transport.send(request))
                await server.asked.acquire()
                call.cancel()
                if is_late:
                    opened = transport._sessions[asyncio.get_running_loop()]
                    assert opened.watch is not None
                    opened.watch.waits[call].expire()
                with pytest.raises(asyncio.CancelledError):
                    await call

    asyncio.run(main())


def test_a_time_out_around_a_call_stays_the_callers() -> None:
    async def main() -> None:
        async with waiting() as (_, transport, url):
            with pytest.raises(asyncio.TimeoutError) as caught:
                async with asyncio.timeout(SOON):
                    await transport.send(Request("GET", url, timeout=60.0))
            assert not isinstance(caught.value, TransportError)

    asyncio.run(main())


def test_those_in_time_are_left_alone_by_those_that_are_late() -> None:
    async def main() -> None:
        async with waiting() as (server, transport, url):
            patient = [
                asyncio.create_task(transport.send(Request("GET", url, timeout=wait)))
                for wait in (None, 60.0, 60.0)
            ]
            late = [
                asyncio.create_task(transport.send(Request("GET", url, timeout=wait)))
                for wait in (SOON, SOON, 2 * SOON)
            ]
            ends = await asyncio.gather(*late, return_exceptions=True)
            assert all(isinstance(end, TimeoutError) for end in ends)
            server.go.set()
            answers = await asyncio.gather(*patient)
            assert [answer.status for answer in answers] == [200] * 3

    asyncio.run(main())


def test_one_timer_is_enough_for_many_calls() -> None:
    async def main() -> int:
        async with waiting() as (server, transport, url):
            server.go.set()
            request = Request("GET", url, timeout=60.0, deadline=600.0)
            await transport.send(request)
            loop: t.Any = asyncio.get_running_loop()
            timers = 0
            call_at = loop.call_at

            def counting(
                when: float, callback: t.Any, *args: t.Any, **more: t.Any
            ) -> t.Any:
                nonlocal timers
                timers += "_expire_late" in repr(callback)
                return call_at(when, callback, *args, **more)

            loop.call_at = counting
            await asyncio.gather(*(transport.send(request) for _ in range(50)))
            return timers

    assert asyncio.run(main()) <= 1


class Timer:
    """A timer of a `Simulated` loop."""

    def __init__(self, when: float, callback: t.Callable[[], None]) -> None:
        self.when = when
        self.callback = callback
        self.is_pending = True

    def cancel(self) -> None:
        self.is_pending = False


class Simulated:
    """The clock and the timers of an event loop, without the time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[Timer] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: t.Callable[[], None]) -> Timer:
        self.timers.append(Timer(when, callback))
        return self.timers[-1]

    def pass_by(self, seconds: float) -> int:
        """Let time pass, and return how many timers are left."""
        self.now += seconds
        for timer in [one for one in self.timers if one.when <= self.now]:
            self.timers.remove(timer)
            if timer.is_pending:
                timer.callback()
        return sum(timer.is_pending for timer in self.timers)


def test_one_timer_is_enough_for_an_hour() -> None:
    async def main() -> int:
        most = 0
        while loop.now < 3600:
            wait = watch.new_wait(timeout=10.0, deadline=60.0)
            with wait:
                watch.connected()
                most = max(most, loop.pass_by(0.1))
                # The head is there, and not yet the body.
                wait.answered()
                most = max(most, loop.pass_by(0.1))
        return most

    loop: t.Any = Simulated()
    watch = Watch(loop)

    assert asyncio.run(main()) == 1


class Slow:
    """Takes nine seconds to write a piece."""

    transport = None

    def __init__(self, loop: Simulated, wait: Wait) -> None:
        self.expires: list[float] = []
        self._loop = loop
        self._wait = wait

    async def write(self, _: bytes) -> None:
        self.expires.append(self._wait.expires())
        self._loop.now += 9.0


def test_the_timeout_restarts_with_each_piece_of_a_body() -> None:
    async def main() -> list[float]:
        wait = watch.new_wait(timeout=10.0, deadline=None)
        writer = Slow(loop, wait)
        body = Body(b"1" * (PIECE + 1), wait)
        with wait:
            await body.write_with_length(writer)
            wait.answered()
            # A piece that is sent after the head starts no time-out.
            await body.write_with_length(writer)
        return writer.expires

    loop: t.Any = Simulated()
    watch = Watch(loop)
    never = float("inf")

    assert asyncio.run(main()) == [10.0, 19.0, never, never]
