"""The spans that ``examples/telemetry.py`` makes of a call."""

from __future__ import annotations

import pathlib
import runpy
import typing as t

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader, NumberDataPoint

from crisp_api import ConnectionError, RetryPolicy
from crisp_api.http import Request, Response
from tests.support.clients import Side
from tests.support.doubles import ENVELOPE

PATH = pathlib.Path(__file__).parents[2] / "examples" / "telemetry.py"


def told(example: dict[str, t.Any]) -> list[tuple[str, str, dict[str, t.Any]]]:
    """The names, the statuses and the attributes of the finished spans."""
    return [
        (span.name, span.status.status_code.name, dict(span.attributes))
        for span in example["exporter"].get_finished_spans()
    ]


def test_each_attempt_is_a_span_of_the_callers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = runpy.run_path(str(PATH), run_name="__main__")

    failed, good, job = example["exporter"].get_finished_spans()
    assert told(example) == [
        (
            "GET",
            "ERROR",
            {"http.request.resend_count": 0, "http.response.status_code": 503},
        ),
        (
            "GET",
            "UNSET",
            {"http.request.resend_count": 1, "http.response.status_code": 200},
        ),
        ("a job", "UNSET", {}),
    ]
    assert failed.parent == good.parent == job.context
    assert failed.start_time <= failed.end_time <= good.end_time <= job.end_time
    assert capsys.readouterr().out.count('"trace_id"') == 3


def test_what_is_sent_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = InMemoryMetricReader()
    provider = MeterProvider([reader])
    monkeypatch.setattr("opentelemetry.metrics.get_meter", provider.get_meter)

    runpy.run_path(str(PATH), run_name="__main__")

    data = reader.get_metrics_data()
    assert data is not None
    (metric,) = data.resource_metrics[0].scope_metrics[0].metrics
    assert metric.name == "crisp.attempts"
    assert {
        str(point.attributes["kind"]): point.value
        for point in metric.data.data_points
        if isinstance(point, NumberDataPoint) and point.attributes
    } == {"request": 2, "retry": 1}


class Cut:
    """A transport whose first answer is cut off."""

    def __init__(self) -> None:
        self.sent = 0

    def send(self, request: Request, /) -> Response:
        self.sent += 1
        if self.sent == 1:
            message = "cut off"
            raise ConnectionError(message, request)
        return Response(request, 200, ENVELOPE)


def test_a_broken_transport_is_a_span_that_failed(side: Side) -> None:
    example = runpy.run_path(str(PATH))
    client = side.kind(
        *("canary-1d", "canary-k3y"),
        transport=Cut(),
        retry=RetryPolicy(initial_delay=0),
        on_response=example["trace"],
    )

    side.run(lambda: client.website.get_website("w"))

    assert [status for _, status, _ in told(example)] == ["ERROR", "UNSET"]
    for span in example["exporter"].get_finished_spans():
        assert "canary" not in span.to_json()
