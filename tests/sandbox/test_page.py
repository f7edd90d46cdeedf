"""The page of a served sandbox."""

from __future__ import annotations

import html
import re
import shutil
import typing as t
from urllib.parse import quote

import pytest
import requests

from crisp_api import Crisp
from crisp_api.sandbox import Sandbox
from tests.sandbox.here import Clock

NASTY: t.Final = '<script>alert("&")</script>'


class Browser(t.NamedTuple):
    """A browser without JavaScript."""

    url: str
    sandbox: Sandbox

    def get(self, path: str = "/", **headers: str) -> requests.Response:
        return requests.get(self.url + path, headers=headers, timeout=10)

    def post(self, path: str, origin: str | None = None, **form: str) -> t.Any:
        """Send a form, and return the page that it leads to."""
        form = {"website": self.sandbox.website_id, **form}
        headers = {"Origin": self.url if origin is None else origin}
        return requests.post(self.url + path, data=form, headers=headers, timeout=10)


@pytest.fixture
def browser() -> t.Iterator[Browser]:
    sandbox = Sandbox(clock=Clock())
    with sandbox.serve() as url:
        yield Browser(url.removesuffix("/v1/"), sandbox)


def text(response: requests.Response) -> str:
    """The text of a page."""
    assert response.status_code == 200, response.text
    return html.unescape(re.sub("<(style|script).*?</\\1>|<[^>]*>", " ", response.text))


def test_an_empty_page_says_what_to_do(browser: Browser) -> None:
    page = text(browser.get())

    assert browser.sandbox.website_id in page
    assert f"{browser.url}/v1/" in page
    assert "Choose a conversation, or add a visitor." in page
    assert page.count("None yet.") == 4


def test_both_sides_write_in_a_conversation(browser: Browser) -> None:
    page = browser.post("/visitor", nickname="Jane")
    (session_id,) = re.findall(r'name="conversation" value="(.*?)"', page.text)[:1]

    for side, words in (("visitor", "Hello"), ("operator", "Hi"), ("note", "Hm")):
        page = browser.post(
            "/message", conversation=session_id, text=words, **{"as": side}
        )
    page = browser.post("/state", conversation=session_id, state="resolved")

    shown = re.findall(r'<li class="(\w+ \w+)">.*?([\w:]+)</li>', page.text)
    assert shown == [
        ("visitor text", "Hello"),
        ("operator text", "Hi"),
        ("operator note", "Hm"),
        ("operator event", "state:resolved"),
    ]
    assert "Jane" in text(page)
    assert ' aria-current="true"' in page.text
    assert "message:send" in text(page)
    assert browser.sandbox.requests == []


def test_a_visitor_needs_no_name(browser: Browser) -> None:
    assert "session_" in text(browser.post("/visitor", nickname=""))


def test_what_a_visitor_writes_is_escaped(browser: Browser) -> None:
    visitor = browser.sandbox.visitor(nickname=NASTY, segments=[NASTY])
    visitor.say(NASTY)
    visitor.sends(NASTY, f"https://acme.example/{NASTY}")
    requests.get(f"{browser.url}/v1/{NASTY}", timeout=10)

    for path in (
        "/",
        f"/?conversation={visitor.session_id}",
        f"/?website={quote(NASTY)}",
    ):
        response = browser.get(path)
        assert "<script>" not in response.text
        assert NASTY in text(response)


def test_requests_and_webhooks_are_shown(browser: Browser) -> None:
    sandbox = browser.sandbox
    client = Crisp("i", "k", base_url=f"{browser.url}/v1/")
    sandbox.fail("get_website", status=429, times=None)
    with pytest.raises(Exception, match="rate_limited"):
        client.with_options(retry=None).website.get_website(sandbox.website_id)
    requests.post(f"{browser.url}/v1/website", data=b"{}", timeout=10)
    for secret in ("", "the secret"):
        browser.post("/hook", url="http://127.0.0.1:9/", secret=secret)
    hooks = sandbox._engine.hooks.registered
    for hook in hooks:
        hook.options = {**hook.options, "attempts": 1}
    sandbox.hook(lambda *_: None)
    sandbox.visitor()
    sandbox.settle()

    page = text(browser.get())

    assert "429 website.get_website" in re.sub(" +", " ", page)
    assert "401 website.create_website" in re.sub(" +", " ", page)
    assert "no response session:request:initiated" in re.sub(" +", " ", page)
    assert "200 session:request:initiated" in re.sub(" +", " ", page)
    assert [one.is_signed for one in hooks] == [False, True, False]


@pytest.mark.parametrize(
    ("path", "form", "reason"),
    [
        (
            "/message",
            {"conversation": "session_x", "text": "Hi", "as": "note"},
            "not_found",
        ),
        ("/message", {"conversation": "session_x", "text": ""}, "text is empty"),
        ("/message", {"text": "Hi"}, "conversation is empty"),
        ("/message", {"conversation": "x", "text": "Hi", "as": "x"}, "as is visitor"),
        ("/state", {"conversation": "session_x"}, "state is empty"),
        ("/state", {"conversation": "session_x", "state": "resolved"}, "not_found"),
        ("/visitor", {"website": "", "nickname": "Jane"}, "is empty"),
        ("/visitor", {"website": "elsewhere"}, "not_found"),
        ("/hook", {"url": "file:///etc/passwd"}, "neither a URL"),
    ],
)
def test_a_form_that_is_wrong_is_refused(
    browser: Browser, path: str, form: dict[str, str], reason: str
) -> None:
    response = browser.post(path, **form)

    assert response.status_code == 400
    assert reason in response.text


def test_a_form_that_cannot_be_read_is_refused(browser: Browser) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    url = f"{browser.url}/visitor"

    response = requests.post(url, data=b"x", headers=headers, timeout=10)

    assert (response.status_code, response.text) == (400, "the form cannot be read")


def test_a_visitor_who_is_blocked_does_not_arrive(browser: Browser) -> None:
    visitor = browser.sandbox.visitor()
    place = (visitor.website_id, visitor.session_id)
    website = visitor.client.website
    website.block_incoming_messages_for_conversation(*place, {"blocked": True})

    for side in ("visitor", "operator"):
        form = {"conversation": visitor.session_id, "text": side, "as": side}
        browser.post("/message", **form)

    assert visitor.sees() == ["operator"]


def test_a_bot_on_webhooks_answers_what_is_written_on_the_page(
    browser: Browser,
) -> None:
    visitor = browser.sandbox.visitor()
    client: t.Any = Crisp("i", "k", base_url=f"{browser.url}/v1/", timeout=10)
    message = {"type": "text", "from": "operator", "origin": "chat", "content": "Hi"}

    def answer(*_: object) -> None:
        place = (visitor.website_id, visitor.session_id)
        client.website.send_message_in_conversation(*place, message)

    browser.sandbox.hook(answer, events=["message:send"])
    form = {"conversation": visitor.session_id, "text": "Hello", "as": "visitor"}
    page = browser.post("/message", **form)

    assert page.status_code == 200
    assert visitor.sees() == ["Hello", "Hi"]


def test_other_sites_cannot_use_the_api(browser: Browser) -> None:
    url = f"{browser.url}/v1/website/{browser.sandbox.website_id}"
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        response = requests.get(url, auth=("i", "k"), headers=headers, timeout=10)
        assert response.status_code == 403
        # The real-time server, before it looks at anything.
        response = browser.get("/realtime/", **headers)
        assert response.status_code == 403
    assert browser.get("/", Host="127.0.0.1:99999").status_code == 403


def test_other_sites_cannot_use_the_page(browser: Browser) -> None:
    form = {"nickname": "Jane"}

    assert browser.post("/visitor", "https://evil.example", **form).status_code == 403
    assert browser.get("/", Host="evil.example:80").status_code == 403
    assert browser.get("/changes", Host="evil.example").status_code == 403
    policy = browser.get().headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    address = browser.url.replace("127.0.0.1", "localhost")
    headers = {"Host": address.removeprefix("http://")}
    assert browser.get("/", **headers).status_code == 200


def test_changes_are_streamed(browser: Browser) -> None:
    with requests.get(f"{browser.url}/changes", stream=True, timeout=10) as response:
        lines = response.iter_lines()
        # The first one is for what has changed since the page was read.
        head = [next(lines) for _ in range(3)]
        assert head == [b"retry: 1000", b"data: changed", b""]
        browser.sandbox.visitor()
        assert next(lines) == b"data: changed"
    # The browser has left: the next changes are nobody's.
    browser.sandbox.visitor()
    browser.sandbox.visitor()


def test_a_stream_ends_with_the_server() -> None:
    sandbox = Sandbox()
    with sandbox.serve() as url:
        address = url.replace("/v1/", "/changes")
        response = requests.get(address, stream=True, timeout=10)
        lines = response.iter_lines()
        next(lines)

    assert b"data: changed" in list(lines)
    sandbox.visitor()


def test_chromium_shows_what_happens(
    browser: Browser, pytestconfig: pytest.Config
) -> None:
    path = shutil.which("chromium")
    if not pytestconfig.getoption("browser"):
        pytest.skip("a browser is started by nox -s browser")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415

    sandbox = browser.sandbox
    visitor = sandbox.visitor(nickname=NASTY)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = chromium.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(dialog.message))
        page.goto(browser.url)
        page.locator("#conversations a").click()
        page.locator("[name=text]").fill("as a visitor")
        page.get_by_text("as visitor", exact=True).click()
        expect(page.locator("#messages li")).to_have_count(1)

        # It appears without a click, and the text that is being written stays.
        page.locator("[name=text]").fill("half a")
        visitor.say(NASTY)
        sandbox.operator("Joe").say(visitor, "Hi")
        expect(page.locator("#messages li")).to_have_count(3)
        expect(page.locator("#messages li").nth(1)).to_contain_text(NASTY)
        assert page.locator("[name=text]").input_value() == "half a"
        expect(page.locator("#conversations .unread")).to_have_text("2")
        page.set_viewport_size({"width": 400, "height": 700})
        width: int = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 400
        chromium.close()

    assert problems == []


def test_the_page_works_without_javascript_in_chromium(
    browser: Browser, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("browser"):
        pytest.skip("a browser is started by nox -s browser")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415

    with sync_playwright() as play:
        path = shutil.which("chromium")
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = chromium.new_page(java_script_enabled=False)
        page.goto(browser.url)
        page.locator("[name=nickname]").fill("Jane")
        page.get_by_text("New visitor").click()
        page.locator("[name=text]").fill("Hello")
        page.get_by_text("as operator").click()
        expect(page.locator("#messages li")).to_contain_text("Hello")
        chromium.close()
