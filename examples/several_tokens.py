"""Use several tokens: the next one after a rate limit, and one for each customer.

Every attempt is signed with the credentials of its time. So a hook can change the token
between a rate limit and the retry that follows.
"""

from __future__ import annotations

import itertools

from crisp_api import Crisp, RetryPolicy
from crisp_api.http import Request, Response
from crisp_api.sandbox import Sandbox
from crisp_api.transport import Attempt

TOKENS = [("first", "key 1"), ("second", "key 2")]


class Limited:
    """A transport that refuses the first token, in front of a sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.refused = 0

    def send(self, request: Request, /) -> Response:
        """Answer, or refuse with a 429."""
        response = self.sandbox.send(request)
        if response.status == 401:
            self.refused += 1
            return Response(request, 429, b'{"error": true, "reason": "limited"}')
        return response


def rotating(transport: Limited) -> Crisp:
    """Return a client that uses the next token after a rate limit."""
    tokens = itertools.cycle(TOKENS)

    def use_next(attempt: Attempt) -> None:
        if getattr(attempt.outcome, "status", None) in {420, 429}:
            client.authenticate(*next(tokens))

    client = Crisp(
        tier="plugin",
        transport=transport,
        on_response=use_next,
        retry=RetryPolicy(initial_delay=0.01),
    )
    client.authenticate(*next(tokens))
    return client


def main() -> None:
    """Make a call whose first token is refused."""
    sandbox = Sandbox(tokens=[("second", "key 2", "plugin")])
    transport = Limited(sandbox)
    client = rotating(transport)
    print(client.website.get_website(sandbox.website_id)["name"])
    print(f"{transport.refused} attempt was refused")

    # One client for each customer: clients share nothing, and are cheap to make.
    for identifier, key in TOKENS[1:]:
        with Crisp(identifier, key, tier="plugin", transport=sandbox) as own:
            print(len(own.website.list_conversations(sandbox.website_id)))


if __name__ == "__main__":
    main()
