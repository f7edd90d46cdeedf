"""An MCP server for Hugo, Crisp's AI agent, which accepts only signed requests.

Hugo calls the tools of the server when it answers visitors. To serve it, run
``uvicorn hugo_mcp_server:app`` in this folder, with ``HUGO_SECRET`` set to the signing
secret, and give Crisp its URL, which ends in ``/mcp``.
"""

from __future__ import annotations

import json
import os
import time

from fastapi.testclient import TestClient
from mcp.server import MCPServer

from crisp_api.testing import signed_mcp_request
from crisp_api.webhooks import McpMiddleware

SECRET = os.environ.get("HUGO_SECRET", "a secret for the first try")
server = MCPServer("shop", log_level="ERROR")


@server.tool()
def find_parcel(order: int) -> str:
    """Find the parcel of an order."""
    return f"The parcel of order {order} arrives tomorrow."


app = server.streamable_http_app(json_response=True, stateless_http=True)
app.add_middleware(McpMiddleware, secret=SECRET)


def main() -> None:
    """Call the tool as Hugo does, and then without a signature."""
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "find_parcel", "arguments": {"order": 1234}},
    }
    delivery = signed_mcp_request(
        json.dumps(call).encode(),
        secret=SECRET,
        website_id="w",
        timestamp=int(time.time()),
        session_id="session_1",
    )
    accept = {"Accept": "application/json, text/event-stream"}
    with TestClient(app, base_url="http://127.0.0.1:8000") as hugo:
        for headers in (delivery.headers, {"Content-Type": "application/json"}):
            response = hugo.post(
                "/mcp", content=delivery.body, headers={**headers, **accept}
            )
            print(response.status_code, response.text)


if __name__ == "__main__":
    main()
