"""Synchronize contacts from a CSV file.

Each row is updated, or added if it is new. A row that Crisp refuses does not stop the
others. Run it as often as you like: the result is the same.
"""

from __future__ import annotations

import csv
import io
import os
import typing as t

from crisp_api import Crisp, RouteError
from crisp_api import types as ty
from crisp_api.jobs import upsert_contact
from crisp_api.sandbox import Sandbox

ROWS = """\
email,name,plan
jane@acme.example,Jane,pro
not an address,Nobody,free
john@acme.example,John,free
"""


def synchronize(client: Crisp, website_id: str, rows: t.Iterable[str]) -> list[str]:
    """Synchronize the rows of a CSV file, and return the problems."""
    problems: list[str] = []
    for number, row in enumerate(csv.DictReader(rows), start=2):
        card: ty.PeopleProfileUpdateCard = {
            "email": row["email"],
            "person": {"nickname": row["name"]},
            "segments": [row["plan"]],
        }
        if "@" not in row["email"]:
            problems.append(f"line {number}: no e-mail address")
            continue
        try:
            contact = upsert_contact(client, website_id, card)
            client.website.update_people_data(
                website_id, contact["people_id"], {"plan": row["plan"]}
            )
        except RouteError as error:
            problems.append(f"line {number}: {error}")
    return problems


def connect() -> tuple[Crisp, str]:
    """Return a client and a website ID: of the environment, or of a sandbox."""
    if "CRISP_IDENTIFIER" in os.environ:
        return Crisp.from_env(), os.environ["CRISP_WEBSITE_ID"]
    sandbox = Sandbox()
    return Crisp("identifier", "key", transport=sandbox), sandbox.website_id


def main() -> None:
    """Synchronize some rows."""
    client, website_id = connect()
    print(*synchronize(client, website_id, io.StringIO(ROWS)), sep="\n")
    print(len(client.website.list_people_profiles(website_id)), "contacts")


if __name__ == "__main__":
    main()
