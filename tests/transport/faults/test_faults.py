"""Every fault on both clients has the outcome that the table expects."""

from __future__ import annotations

import gc
import typing as t
import warnings

import pytest

from crisp_api import AsyncCrisp, TimeoutError

from .page import PAGE, page
from .runs import SECRET, Run, results, runs, trusting
from .servers import Manner, serving
from .table import FAULTS, GENEROUS, Fault

RUNS = [run for fault in FAULTS for run in runs(fault)]


@pytest.fixture(autouse=True)
def _trusting() -> t.Iterator[None]:
    with trusting():
        yield


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_fault_is_an_error_and_a_write_is_not_repeated(run: Run) -> None:
    result = results(run.fault)[run]

    assert result.cell == run.expected
    assert result.redirected == 0
    # If the short limit did not work, the generous one would end the call.
    assert result.seconds - result.cell.waited < GENEROUS / 2


@pytest.mark.parametrize(
    "run", [run for run in RUNS if isinstance(run.expected.outcome, type)], ids=str
)
def test_an_error_of_a_fault_holds_no_key(run: Run) -> None:
    error = results(run.fault)[run].error

    assert error
    assert error.__context__ is error.__cause__ is None
    assert SECRET not in f"{error} {error!r} {vars(error)}"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_table_expects_no_repeated_write(fault: Fault) -> None:
    refused = fault.name.startswith(("420", "429"))

    assert refused or fault.write.seen <= 1


def test_the_page_is_written_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_an_abandoned_connection_is_closed_with_its_loop(
    loop: str, secure: bool
) -> None:
    run = pytest.importorskip(loop, reason=f"{loop} does not run here").run

    async def main(url: str) -> None:
        async with AsyncCrisp(
            "i", "k", base_url=url, timeout=1.0, retry=None
        ) as client:
            with pytest.raises(TimeoutError):
                await client.website.get_website("w")

    gc.collect()
    with (
        warnings.catch_warnings(record=True) as caught,
        serving((), Manner.NEVER_READS, secure=secure) as server,
    ):
        warnings.simplefilter("always")
        run(main(server.url))
        gc.collect()

    assert [str(one.message) for one in caught] == []
