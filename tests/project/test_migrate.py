"""``python -m crisp_api.migrate``: what it finds in programs, and what it leaves."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import textwrap

import pytest

from crisp_api.migrate import Finding, __main__, check
from crisp_api.migrate.rules import RULES
from tests.support.platforms import needs_posix

HEAD = """\
import os
import crisp_api
import requests
from crisp_api import Crisp
from crisp_api.errors.route import RouteError
client = Crisp()
"""


def findings(program: str, head: str = HEAD) -> list[Finding]:
    return check(head + textwrap.dedent(program))


def rules(program: str, head: str = HEAD) -> list[str]:
    return [one.rule for one in findings(program, head)]


def only(program: str, head: str = HEAD) -> Finding:
    (found,) = findings(program, head)
    return found


# --- C001, checks


def test_a_check_in_a_try_is_found_with_its_place() -> None:
    found = only("""
        def exists(session_id):
            try:
                client.website.check_conversation_exists("w", session_id)
                return True
            except RouteError:
                return False
        """)

    assert found == Finding(
        line=10,
        column=9,
        rule="C001",
        message="check_conversation_exists returns False for what does not exist; it "
        "raised a RouteError",
        hint="Test the result: if not "
        "client.website.check_conversation_exists('w', session_id): ...",
    )


@pytest.mark.parametrize(
    "program",
    [
        (
            "try:\n x = client.website.check_people_profile_exists('w', 'p')\n"
            "except (KeyError, crisp_api.RouteError):\n pass"
        ),
        (
            "try:\n return_ = client.plugin.check_connect_session_validity()\n"
            "except Exception:\n pass"
        ),
        "try:\n client.head('/website/w')\nexcept:\n pass",
        (
            "from contextlib import suppress\nwith suppress(RouteError):\n"
            " x = client.website.check_conversation_exists('w', 's')"
        ),
        "x = client.website.check_inbox_exists('w', 'i') is not None",
        "x = client.website.check_inbox_exists('w', 'i') == {}",
        # Nothing catches the error, but the check can stop nothing any more.
        "client.website.check_conversation_exists('w', 's')",
        (
            "def f():\n return 1\ntry:\n print(client.website.check_inbox_exists('w', 'i'))"
            "\nexcept RouteError:\n f()"
        ),
    ],
)
def test_a_check_that_relies_on_an_error_is_found(program: str) -> None:
    assert rules(program) == ["C001"]


@pytest.mark.parametrize(
    "program",
    [
        "if client.website.check_conversation_exists('w', 's'):\n pass",
        "while not client.website.check_conversation_exists('w', 's'):\n pass",
        "x = 1 if client.website.check_inbox_exists('w', 'i') else 2",
        "x = client.website.check_inbox_exists('w', 'i') is True",
        "found = client.website.check_inbox_exists('w', 'i')",
        "x = [i for i in 'ab' if client.website.check_inbox_exists('w', i)]",
        (
            "try:\n found = client.website.check_inbox_exists('w', 'i')\n"
            " if found:\n  print(1)\nexcept RouteError:\n pass"
        ),
        (
            "async def f():\n try:\n  if await client.website.check_inbox_exists('w', 'i'):"
            "\n   pass\n except RouteError:\n  pass"
        ),
        # The handler is for another error, or the check runs later.
        "try:\n x = client.website.check_inbox_exists('w', 'i')\nexcept KeyError:\n pass",
        (
            "try:\n f = lambda: client.website.check_inbox_exists('w', 'i')\n"
            "except RouteError:\n pass"
        ),
        "try:\n client.website.get_inbox('w', 'i')\nexcept RouteError:\n pass",
    ],
)
def test_a_check_whose_result_is_used_is_no_finding(program: str) -> None:
    assert rules(program) == []


# --- C002, errors of requests


CALL = "client.website.get_website('w')"


@pytest.mark.parametrize(
    ("caught", "name", "instead"),
    [
        ("requests.Timeout", "requests.Timeout", "TimeoutError"),
        ("requests.exceptions.ReadTimeout", "ReadTimeout", "TimeoutError"),
        ("requests.exceptions.ConnectionError", "ConnectionError", "ConnectionError"),
        ("(RouteError, requests.exceptions.HTTPError)", "HTTPError", "RouteError"),
        ("requests.RequestException", "RequestException", "TransportError"),
        ("requests.exceptions.JSONDecodeError", "JSON", "InvalidResponseError"),
        ("json.JSONDecodeError", "json", "InvalidResponseError"),
        ("ValueError", "ValueError", "InvalidResponseError"),
        ("OSError", "OSError", "TransportError"),
        ("FAILURES", "requests.Timeout", "TimeoutError"),
    ],
)
def test_an_error_of_requests_around_a_call_is_found(
    caught: str, name: str, instead: str
) -> None:
    found = only(
        f"import json\nFAILURES = (requests.Timeout, KeyError)\n"
        f"try:\n {CALL}\nexcept {caught}:\n pass"
    )

    assert (found.rule, found.line) == ("C002", 11)
    assert name in found.message
    assert f"crisp_api.{instead}" in found.hint


@pytest.mark.parametrize(
    "program",
    [
        "def main():\n {call}\ntry:\n main()\nexcept requests.Timeout:\n pass",
        (
            "def inner():\n {call}\ndef outer():\n inner()\n"
            "try:\n outer()\nexcept requests.Timeout:\n pass"
        ),
        (
            "class Job:\n def run(self):\n  {call}\n def safe(self):\n"
            "  try:\n   self.run()\n  except requests.Timeout:\n   pass"
        ),
        (
            "import backoff\n@staticmethod\n"
            "@backoff.on_exception(backoff.expo, requests.ReadTimeout)\n"
            "def main():\n {call}"
        ),
        "import pytest\nwith pytest.raises(requests.Timeout):\n {call}",
        (
            "import contextlib\nwith open('x'), contextlib.suppress(requests.Timeout):\n"
            " {call}"
        ),
    ],
)
def test_an_error_of_requests_is_found_wherever_the_call_is(program: str) -> None:
    assert rules(program.format(call=CALL)) == ["C002"]


@pytest.mark.parametrize(
    "program",
    [
        # No call of a client is in it.
        "try:\n requests.get('https://acme.example')\nexcept requests.Timeout:\n pass",
        (
            "def main():\n pass\ntry:\n main()\n other.main()\n main()()\n"
            "except requests.Timeout:\n pass"
        ),
        (
            "class Job:\n def run(self):\n  try:\n   self.other()\n"
            "  except requests.Timeout:\n   pass\n  {call}"
        ),
        # The errors of this library are caught too.
        "try:\n {call}\nexcept (requests.Timeout, crisp_api.TimeoutError):\n pass",
        (
            "try:\n {call}\nexcept requests.Timeout:\n pass\n"
            "except crisp_api.TransportError:\n pass"
        ),
        # Something else raises it.
        "try:\n {call}\n int('x')\nexcept ValueError:\n pass",
        "try:\n {call}\n open('x')\nexcept OSError:\n pass",
        "try:\n {call}\nexcept (TimeoutError, KeyError):\n pass",
        "import pytest\nwith pytest.raises(ValueError):\n {call}",
        "try:\n {call}\nexcept [].x:\n pass",
    ],
)
def test_other_errors_are_no_finding(program: str) -> None:
    assert rules(program.format(call=CALL)) == []


# --- C003, names and texts of errors


@pytest.mark.parametrize(
    ("test", "hint"),
    [
        ("type(e).__name__ == 'RouteError'", "isinstance"),
        ("e.__class__.__name__ in ('RouteError', 'Timeout')", "isinstance"),
        ("type(e) is RouteError", "isinstance"),
        ("e.__class__ == RouteError", "isinstance"),
        ("'429' in str(e)", "error.status"),
        ("'not_found' in f'{e}'", "error.status"),
        ("str(e) == \"{'reason': 'error'}\"", "error.status"),
        ("'not_found' in repr(e).lower()", "error.status"),
        ("str(e).startswith('{')", "error.status"),
        ("str(e)[0]", "error.status"),
        ("ast.literal_eval(str(e))", "error.args"),
        ("eval(str(e))", "error.args"),
    ],
)
def test_a_name_or_text_of_an_error_is_found(test: str, hint: str) -> None:
    found = only(f"import ast\ntry:\n {CALL}\nexcept RouteError as e:\n x = {test}")

    assert (found.rule, found.line) == ("C003", 11)
    assert hint in found.hint


@pytest.mark.parametrize(
    "program",
    [
        "try:\n {call}\nexcept Exception as e:\n text = str(e)\n print('429' in text)",
        (
            "try:\n pass\nexcept KeyError:\n pass\n"
            "try:\n {call}\nexcept RouteError as e:\n print('429' in str(e))"
        ),
        "def is_limit(error):\n return '429' in str(error)",
        "def is_limit(it: RouteError):\n return '429' in str(it)",
        (
            "import pytest\nwith pytest.raises(RouteError) as caught:\n {call}\n"
            "assert 'not_found' in str(caught.value)"
        ),
        (
            "try:\n {call}\nexcept RouteError as e:\n text = str(e)\n text = text.lower()\n"
            " print('429' in text)"
        ),
    ],
)
def test_the_text_of_an_error_is_followed(program: str) -> None:
    assert rules(program.format(call=CALL)) == ["C003"]


@pytest.mark.parametrize(
    "program",
    [
        "try:\n {call}\nexcept RouteError as e:\n print(str(e), e.args[0]['message'])",
        "try:\n {call}\nexcept RouteError as e:\n print(isinstance(e, RouteError))",
        "try:\n {call}\nexcept RouteError as e:\n print(f'failed: {{e}}' + 'x')",
        "try:\n int('x')\nexcept Exception as e:\n print('x' in str(e))",
        "try:\n {call}\nexcept KeyError as e:\n print('x' in str(e))",
        "print(type(client).__name__ == 'Crisp')",
        "print(type(client) is str, 'a' in str(1), 'ab'.startswith('a'), len('a'))",
        "def has(item, other: str):\n return 'a' in str(item) or 'b' in str(other)",
        "def has():\n text = text.lower()\n return 'a' in text",
        "print(client.x().y['a'], {{}}['a'](1))",
    ],
)
def test_other_names_and_texts_are_no_finding(program: str) -> None:
    assert rules(program.format(call=CALL)) == []


# --- C004, what is replaced


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("crisp_api.request = print", "crisp_api.request"),
        ("original = crisp_api.request", "crisp_api.request"),
        ("from crisp_api import request", "crisp_api.request"),
        ("setattr(crisp_api, 'request', print)", "crisp_api.request"),
        (
            (
                "from unittest import mock\n@mock.patch('crisp_api.request')\n"
                "def test(request):\n pass"
            ),
            "crisp_api.request",
        ),
        (
            (
                "def test(mocker):\n"
                " mocker.patch('crisp_api.resources.website.WebsiteResource')"
            ),
            "crisp_api.resources.website.WebsiteResource",
        ),
        (
            "def test(monkeypatch):\n monkeypatch.setattr(client, 'get', print)",
            "crisp_api.Crisp.get",
        ),
        (
            "from unittest import mock\nmock.patch.object(Crisp, '_Crisp__do_request')",
            "crisp_api.Crisp._Crisp__do_request",
        ),
        ("client.get = print", "client.get"),
        ("class Mine(Crisp):\n def get(self, resource, query=None):\n  pass", "Mine"),
    ],
)
def test_what_is_replaced_is_found(program: str, name: str) -> None:
    found = only(program)

    assert found.rule == "C004"
    assert name in found.message
    assert "transport" in found.hint


def test_a_patch_is_found_without_an_import() -> None:
    program = (
        "from unittest import mock\nwith mock.patch('crisp_api.request'):\n import shop"
    )

    assert rules(program, head="") == ["C004"]


@pytest.mark.parametrize(
    "program",
    [
        "from unittest import mock\nmock.patch('crisp_api.Crisp')",
        "from unittest import mock\nmock.patch('crisp_api.errors.route.RouteError')",
        "from unittest import mock\nmock.patch('shop.request')\nmock.patch(shop)",
        "from unittest import mock\nmock.patch.object(Crisp, 'authenticate')",
        "shop.get = print\nclient.timeout = 1",
        "class Mine(Crisp):\n name = 'x'\n def fetch(self):\n  pass",
        "class Mine:\n def get(self):\n  pass",
        "setattr(shop, 'request', 1)",
    ],
)
def test_what_can_still_be_replaced_is_no_finding(program: str) -> None:
    assert rules(program) == []


# --- C005, bodies


@pytest.mark.parametrize(
    ("call", "kind", "hint"),
    [
        (
            "change_conversation_state(w, s, 'unresolved')",
            "text",
            "change_conversation_state(w, s, {'state': 'unresolved'})",
        ),
        (
            "update_message_in_conversation(w, s, f, f'Hey {w}')",
            "text",
            "(w, s, f, {'content': f'Hey {w}'})",
        ),
        (
            "block_incoming_messages_for_conversation(w, s, data=True)",
            "a bool",
            "(w, s, data={'blocked': True})",
        ),
        ("batch_remove_items(w, ['s'])", "a list", "(w, {'sessions': ['s']})"),
        ("batch_remove_people(w, [p for p in w])", "a list", "{'sessions': "),
        ("batch_resolve_items(w, ['s'])", "a list", "{'sessions': ['s']}"),
        ("update_conversation_metas(w, s, ('a',))", "a tuple", "Pass a dict"),
        ("save_people_data(w, p, 5)", "a number", "Pass a dict"),
        (
            "update_conversation_metas(w, s, json.dumps({'a': 1}))",
            "text",
            "Pass the object itself: {'a': 1}",
        ),
        ("update_conversation_metas(w, s, str(w))", "text", "Pass a dict"),
    ],
)
def test_a_body_that_is_no_object_is_found(call: str, kind: str, hint: str) -> None:
    found = only(f"import json\nclient.website.{call}")

    assert found.rule == "C005"
    assert kind in found.message
    assert hint in found.hint


def test_a_body_in_a_variable_is_the_last_one_above_the_call() -> None:
    program = """
        data = {"state": "resolved"}
        client.website.change_conversation_state("w", "s", data)
        data = "resolved"
        client.website.change_conversation_state("w", "s", data)
        data = {"state": "resolved"}
        """

    found = only(program)

    assert found.line == 11
    assert "{'state': data}" in found.hint


def test_a_body_sent_by_hand_is_found() -> None:
    found = only("client.post('/website', 'Acme')")

    assert (found.rule, found.hint) == ("C005", "Pass a dict")


@pytest.mark.parametrize(
    "program",
    [
        "client.website.change_conversation_state('w', 's', {'state': 'resolved'})",
        "client.website.change_conversation_state('w', 's', unknown)",
        "client.website.change_conversation_state('w', 's', build('x'))",
        "client.website.mark_messages_read_in_conversation('w', 's', None)",
        "client.website.change_conversation_state(*ids, 'resolved')",
        "def f(data):\n client.website.update_people_data('w', 'p', data)",
        "data = 'x'\ndata += 'y'\nclient.website.update_people_data('w', 'p', data)",
        "client.patch('/website/w', {'a': 1})\nclient.get('/website/w')",
        "shop.post('/website', 'Acme')",
    ],
)
def test_a_body_that_may_be_an_object_is_no_finding(program: str) -> None:
    assert rules(program) == []


# --- C006, tokens


@pytest.mark.parametrize(
    "program",
    [
        "client.authenticate(os.environ.get('ID'), os.environ.get('KEY'))",
        "client.authenticate(os.getenv('ID', ''), key=os.getenv('KEY', default=None))",
        "from os import environ\nKEY = environ.get('KEY')\nclient.authenticate('id', KEY)",
        "class App:\n crisp = Crisp()\n crisp.authenticate(os.getenv('ID'), 'k')",
    ],
)
def test_a_token_that_may_be_unset_on_import_is_found(program: str) -> None:
    found = only(program)

    assert found.rule == "C006"
    assert "AuthenticationError" in found.message
    assert "os.environ[" in found.hint


@pytest.mark.parametrize(
    "program",
    [
        "client.authenticate(os.environ['ID'], os.environ['KEY'])",
        "client.authenticate(os.getenv('ID', 'id'), settings.get('KEY'))",
        "client.authenticate(os.getenv('ID', fallback), 'key')",
        "def main():\n client.authenticate(os.getenv('ID'), os.getenv('KEY'))",
        "if __name__ == '__main__':\n client.authenticate(os.getenv('ID'), 'key')",
        (
            "KEY = os.getenv('KEY')\nif not KEY:\n raise SystemExit\n"
            "client.authenticate('id', KEY)"
        ),
        "class Shop:\n pass\nshop = Shop()\nshop.authenticate(os.getenv('ID'))",
    ],
)
def test_a_token_that_is_set_or_read_later_is_no_finding(program: str) -> None:
    assert rules(program) == []


# --- C007, queries glued to a path


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        ("f'{page}?per_page=50'", "list_conversations(..., page, per_page=50)"),
        ("str(page) + '?per_page=' + str(size)", "(..., page, per_page=size)"),
        ("'1?per_page=50&filter_unread=1'", "(..., 1, per_page=50, filter_unread=1)"),
        ("'%d?per_page=50' % page", "(..., ..., per_page=50)"),
        ("'{}?search_query=hi'.format(page)", "(..., ..., search_query='hi')"),
        ("f'{page}?nope=1'", "by hand: client.get"),
        ("f'{page}?'", "by hand: client.get"),
    ],
)
def test_a_query_glued_to_a_page_is_found(page: str, hint: str) -> None:
    found = only(f"page, size = 1, 2\nclient.website.list_conversations('w', {page})")

    assert found.rule == "C007"
    assert hint in found.hint


def test_a_query_glued_to_an_id_is_found() -> None:
    found = only("client.website.get_conversation('w', 's?x=1')")

    assert (found.rule, found.message.split()[0]) == ("C007", "session_id")


@pytest.mark.parametrize(
    "program",
    [
        "client.website.list_conversations('w', f'{page}')",
        "client.website.list_conversations('w', f'{pages[\"?\"]}')",
        "client.website.list_conversations('w', 1, search_query='why?')",
        "client.get(f'/website/w/conversations/{page}?per_page=50')",
        "client.website.list_conversations('w', page)",
    ],
)
def test_a_page_without_a_query_is_no_finding(program: str) -> None:
    assert rules(program) == []


# --- C008, internals


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("from crisp_api.resources import website", "crisp_api.resources"),
        ("import crisp_api.resources.website as w", "crisp_api.resources"),
        ("from crisp_api.crisp import Crisp as Client", "crisp_api.crisp"),
        ("from crisp_api import WebsiteResource", "crisp_api.WebsiteResource"),
        ("print(crisp_api.HTTPBasicAuth)", "crisp_api.HTTPBasicAuth"),
        ("Crisp.REQUEST_HEADERS['a'] = 'b'", "Crisp.REQUEST_HEADERS"),
        ("print(client._Crisp__auth)", "client._Crisp__auth"),
    ],
)
def test_an_internal_name_of_the_original_is_found(program: str, name: str) -> None:
    found = only(program)

    assert found.rule == "C008"
    assert found.message == f"{name} does not exist in this library"


@pytest.mark.parametrize(
    "program",
    [
        "from crisp_api.errors.route import RouteError",
        "from crisp_api.errors import route\nfrom crisp_api import *",
        "from crisp_api import paginate, types\nimport crisp_api.jobs.exports",
        "print(crisp_api.__version__, crisp_api.__file__, crisp_api.errors.route)",
        "print(settings.REQUEST_HEADERS, requests.api.request)",
    ],
)
def test_a_name_that_still_exists_is_no_finding(program: str) -> None:
    assert rules(program) == []


# --- C009, ids


def test_an_encoded_id_is_found() -> None:
    found = only("""
        from urllib.parse import quote
        client.website.get_people_profile("w", quote(email, safe=""))
        """)

    assert (found.rule, found.hint) == ("C009", "Pass it as it is: email")


def test_other_calls_in_a_path_are_no_finding() -> None:
    assert rules("client.website.get_people_profile('w', email.lower())") == []
    assert rules("client.website.get_people_profile('w', str(email))") == []


# --- what is a client


STATE = "change_conversation_state('w', 's', 'resolved')"


@pytest.mark.parametrize(
    "program",
    [
        "crisp_api.Crisp().website.{call}",
        "crisp_api.client.Crisp.from_env().website.{call}",
        "client.with_options(retry=None).website.{call}",
        "website = client.website\nwebsite.{call}",
        "def f(website):\n website.{call}",
        "def f(web: Website):\n web.{call}",
        "def f(crisp):\n crisp.website.{call}",
        "from shop import something\nsomething.website.{call}",
        "make().{call}",
        "web = make()\nweb.{call}",
        "web = app.api\nweb.get_website('w')\nweb.{call}",
        "for web in webs:\n web.{call}",
        (
            "class App:\n def __init__(self):\n  self.web = client.website\n"
            " def run(self):\n  self.web.{call}"
        ),
    ],
)
def test_a_call_of_a_client_is_recognised(program: str) -> None:
    assert rules(program.format(call=STATE)) == ["C005"]


@pytest.mark.parametrize(
    "program",
    [
        "make = lambda: 1\nshop = Shop()\nshop.{call}",
        "shop = {{}}\nshop.{call}",
        "import shop\nshop.{call}",
        "def shop():\n pass\nshop.{call}",
        "def f(shop: Shop):\n shop.{call}",
        "class Shop:\n def run(self):\n  self.{call}",
        "{call}",
        "def change_conversation_state(*a):\n pass\n{call}",
    ],
)
def test_a_method_of_something_else_is_no_call_of_a_client(program: str) -> None:
    assert rules(program.format(call=STATE)) == []


POST = "post('/website', 'Acme')"


@pytest.mark.parametrize(
    "program",
    [
        "with Crisp() as api:\n api.{call}",
        "api = None\napi = client or Crisp()\napi.{call}",
        "api = client if client else None\napi.{call}",
        "(api := Crisp()).{call}",
        "async def f():\n api = await client\n api.{call}",
        "def f(client):\n client.{call}",
        "def f(api: 'Crisp'):\n api.{call}",
        "def f(api: Crisp | None = None):\n api.{call}",
        "def make() -> Crisp:\n ...\nmake().{call}",
        "def make():\n api = Crisp()\n return api\nmake().{call}",
        "class Mine(Crisp):\n def run(self):\n  self.{call}",
        "class Mine(Crisp):\n pass\nMine().{call}",
        "Crisp.from_env().{call}",
        "client.with_options(retry=None).{call}",
        (
            "class App:\n def __init__(self):\n  self.api = Crisp()\n"
            " def run(self):\n  self.api.{call}"
        ),
        "def setup():\n global api\n api = Crisp()\ndef run():\n api.{call}",
        "api, other = Crisp(), 1\napi.{call}",
        "def f(first, api=client):\n api = api\n crisp.{call}",
        "from shop import crisp\ncrisp.{call}",
    ],
)
def test_a_client_is_recognised_by_where_it_comes_from(program: str) -> None:
    assert rules(program.format(call=POST)) == ["C005"]


@pytest.mark.parametrize(
    "program",
    [
        "requests.{call}",
        "session = requests.Session()\nsession.{call}",
        "def f(session):\n session.{call}",
        "def f(session: object):\n session.{call}",
        "api, *rest = Crisp.pair(), 1, 2\napi.{call}",
        "api = api\napi.{call}",
        "class A(B):\n pass\nclass B(A):\n pass\nA().{call}",
        "def make():\n return\nmake().{call}",
        "from shop import my_client\nmy_client.{call}",
        "class App:\n api = Crisp()\n def run(self):\n  api.{call}",
        "things[0], things[1] = Crisp(), 1\nthings.{call}",
        "match 1:\n case api:\n  api.{call}",
        "api: Crisp\napi.{call}",
        "with open('x'):\n (lambda api: api.{call})\n",
    ],
)
def test_what_may_not_be_a_client_has_no_calls_by_hand(program: str) -> None:
    assert rules(program.format(call=POST)) == []


def test_a_program_that_does_not_import_crisp_api_has_no_findings() -> None:
    program = (
        "import requests\n"
        "client.website.check_conversation_exists('w', 's')\n"
        "try:\n client.website.get_website('w')\nexcept requests.Timeout:\n pass\n"
        "client.website.change_conversation_state('w', 's', 'resolved')\n"
    )

    assert rules(program, head="") == []
    assert rules(program, head="# unlike crisp_api\nimport crisp_apis\n") == []
    assert len(rules(program, head="from crisp_api.errors import RouteError\n")) == 3


def test_a_long_hint_is_cut() -> None:
    found = only(f"client.website.change_conversation_state('w', 's', '{'x' * 200}')")

    assert found.hint.endswith("...")
    assert len(found.hint) < 140


# --- the command


CHECK = "client.website.check_conversation_exists('w', 's')\n"


def test_the_command_lists_the_findings_of_files_and_folders(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "project" / "inner"
    for folder in (inner, inner / ".git", inner / "site-packages", inner / "env"):
        folder.mkdir(parents=True)
        (folder / "b.py").write_text(HEAD + CHECK, encoding="utf-8")
    (inner / "env" / "pyvenv.cfg").touch()
    (inner / "notes.txt").write_text(HEAD + CHECK, encoding="utf-8")
    single = tmp_path / "script"
    single.write_text(f"{HEAD}{CHECK}client.get = 'é'", encoding="utf-8")

    status = __main__.main([str(tmp_path / "project"), str(single)])

    lines = capsys.readouterr().out.splitlines()
    assert status == 1
    assert [line.partition(" ")[0] for line in lines if line[0] != " "] == [
        f"{inner / 'b.py'}:7:",
        f"{single}:7:",
        f"{single}:8:",
    ]
    assert [line[:9] for line in lines if line[0] == " "] == [
        "    Test ",
        "    Test ",
        "    Pass ",
    ]


def test_the_command_is_silent_without_findings(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.py").write_text(HEAD, encoding="utf-8")

    assert __main__.main([str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


@needs_posix
def test_links_to_a_folder_above_are_not_followed(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for name in ("up", "again"):
        (inner / name).symlink_to(tmp_path, target_is_directory=True)
    (inner / "one.py").write_text(HEAD + CHECK, encoding="utf-8")

    assert __main__.main([str(tmp_path), str(inner / "up")]) == 1
    assert capsys.readouterr().out.count("one.py:7:") == 1


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = {
        "a.py": b"print 'Python 2'",
        "b.py": b"\xff",
        "c.py": b"x = '\0'",
        "d.py": b"import crisp_api\nx = " + b"-" * 5000 + b"1",
        "e.py": b"x = " + b"-" * 100_000 + b"1",
        "f.py": (HEAD + CHECK).encode(),
    }
    for name, program in programs.items():
        (tmp_path / name).write_bytes(program)
    missing = tmp_path / "missing.py"

    status = __main__.main([str(missing), str(tmp_path)])

    printed = capsys.readouterr()
    assert status == 2
    assert printed.out.startswith(f"{tmp_path / 'f.py'}:7: C001")
    lines = printed.err.splitlines()
    assert lines[0] == f"{missing}: cannot be read: No such file or directory"
    assert [line.partition(": cannot be read: ")[0] for line in lines[1:]] == [
        str(tmp_path / name) for name in ("a.py", "b.py", "c.py", "d.py", "e.py")
    ]
    assert all(line.endswith("it is nested too deeply") for line in lines[-2:])


def test_the_help_lists_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        __main__.main(["--help"])

    printed = capsys.readouterr().out
    assert caught.value.code == 0
    assert all(f"  {name}  Find " in printed for name in RULES)
    assert "exit status" in printed


def test_the_command_loads_nothing_heavy_for_programs_without_crisp(
    tmp_path: pathlib.Path,
) -> None:
    (tmp_path / "a.py").write_text("print(1)", encoding="utf-8")
    program = (
        "import sys\nfrom crisp_api.migrate.__main__ import main\n"
        "status = main(sys.argv[1:])\n"
        "print(status, *{'uplink', 'requests', 'aiohttp'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "0\n"


def test_the_command_stops_when_its_reader_does(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.py").write_text(HEAD + CHECK * 1000, encoding="utf-8")
    command = [sys.executable, "-m", "crisp_api.migrate", str(tmp_path)]

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()

        assert process.wait(timeout=60) == 1
    assert "a.py:7: C001" in first
    assert complaints == ""
