"""Runs calls of Crisp's own client for Python, which is on the path instead of ours.

Each line of the input is a call, as JSON; each line of the output is its result.
"""

import json
import sys
import typing as t

from crisp_api import Crisp, RouteError

_, host, identifier, key, tier = sys.argv
client = Crisp()
client.set_rest_host(host)
client.authenticate(identifier, key)
client.set_tier(t.cast("t.Any", tier))

for line in sys.stdin:
    call = json.loads(line)
    service, name = call["method"].split(".")
    try:
        result = {"data": getattr(getattr(client, service), name)(*call["args"])}
    except RouteError as error:
        result = {"error": error.args[0]}
    except Exception as error:  # noqa: BLE001 - a result for the test
        result = {"error": {"message": repr(error)}}
    print(json.dumps(result), flush=True)
