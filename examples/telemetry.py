"""Send spans and a metric to OpenTelemetry, with the hooks of a client."""

from __future__ import annotations

import functools
import time

from opentelemetry.metrics import get_meter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from crisp_api import Crisp, RetryPolicy
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import Attempt

exporter, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
tracer = provider.get_tracer("crisp")
counter = get_meter("crisp").create_counter("crisp.attempts")


def count(attempt: Attempt) -> None:
    """Count requests and retries."""
    kind = "request" if attempt.outcome is None else "retry"
    counter.add(1, {"kind": kind, "http.request.method": attempt.request.method})


def trace(attempt: Attempt) -> None:
    """Add a span for an attempt; without a response, its status is 0."""
    start = time.time_ns() - int(attempt.seconds * 1e9)
    name = attempt.request.method
    span = tracer.start_span(name, kind=SpanKind.CLIENT, start_time=start)
    status = attempt.outcome.status if isinstance(attempt.outcome, Response) else 0
    span.set_attribute("http.request.resend_count", attempt.number - 1)
    span.set_attribute("http.response.status_code", status)
    span.set_status(StatusCode.UNSET if 200 <= status < 400 else StatusCode.ERROR)
    span.end()


class Unavailable(Sandbox):
    """A sandbox that answers the first request with 503."""

    def send(self, request: Request, /) -> Response:
        answer = super().send(request)
        return answer if self.requests[1:] else Response(request, 503)


if __name__ == "__main__":
    sandbox, retry = Unavailable(), RetryPolicy(initial_delay=0)
    traced = functools.partial(
        Crisp, on_request=count, on_response=trace, on_retry=count
    )
    client = traced("identifier", "key", transport=sandbox, retry=retry)
    with tracer.start_as_current_span("a job"):
        client.website.get_website(sandbox.website_id)
    print(*(span.to_json() for span in exporter.get_finished_spans()), sep="\n")
