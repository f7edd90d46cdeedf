"""The HTML of the page. All that comes from outside is escaped."""

from __future__ import annotations

import dataclasses
import html
import json
import typing as t
import urllib.parse

if t.TYPE_CHECKING:
    from crisp_api.events import Event
    from crisp_api.sandbox.hook import Made
    from crisp_api.sandbox.sent import SentRequest

__all__ = ["Shown", "address", "page"]

_STATES: t.Final = ("pending", "unresolved", "resolved")

_STYLE: t.Final = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --accent: #1972f5; }
* { box-sizing: border-box; }
body { font: 14px/1.45 system-ui, sans-serif; margin: 0; height: 100vh; display: flex;
  flex-direction: column; }
header { padding: .6rem 1rem; border-bottom: 1px solid var(--line); display: flex;
  gap: 1rem; align-items: baseline; flex-wrap: wrap; }
header h1 { font-size: 1rem; margin: 0; }
header code { overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: 17rem minmax(0, 1fr) 24rem; flex: 1;
  min-height: 0; }
section { overflow-y: auto; padding: .8rem; border-right: 1px solid var(--line); }
h2 { font-size: .8rem; margin: 1rem 0 .4rem; text-transform: uppercase; opacity: .7; }
h2:first-child { margin-top: 0; }
h2 code { text-transform: none; }
ul, ol { list-style: none; margin: 0; padding: 0; }
#conversations a { display: block; padding: .5rem; border-radius: 6px; color: inherit;
  text-decoration: none; }
#conversations a:hover, #conversations a[aria-current] { background: var(--soft); }
.last { display: block; opacity: .75; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.state { font-size: .75rem; opacity: .7; }
.unread { background: var(--accent); color: #fff; border-radius: 9px; padding: 0 .4rem;
  font-size: .75rem; }
#messages li { margin: .5rem 0; max-width: 85%; width: fit-content;
  padding: .5rem .7rem;
  border-radius: 10px; background: var(--soft); overflow-wrap: anywhere;
  white-space: pre-wrap; }
#messages .operator { margin-left: auto; background: var(--accent); color: #fff; }
#messages .note { background: #f5c51955; color: inherit; }
#messages .event { background: none; color: inherit; opacity: .7; font-size: .8rem;
  margin: .2rem auto; }
#messages small { display: block; opacity: .75; }
form { display: flex; gap: .4rem; margin: .5rem 0; flex-wrap: wrap; }
input[type=text] { flex: 1; min-width: 8rem; }
input, button, select { font: inherit; padding: .35rem .6rem; border-radius: 6px;
  border: 1px solid var(--line); background: transparent; color: inherit; }
button { cursor: pointer; }
button:hover { background: var(--soft); }
.log li { border-bottom: 1px solid var(--line); padding: .25rem 0; font-size: .8rem;
  overflow-wrap: anywhere; }
.log .bad { color: #d33; }
details pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
.none { opacity: .6; }
@media (max-width: 60rem) {
  body { height: auto; } main { grid-template-columns: minmax(0, 1fr); }
  section { border-right: 0; border-bottom: 1px solid var(--line); overflow: visible; }
}
"""
# Without it, the page works, and shows what is new when it is loaded again.
_SCRIPT: t.Final = """
let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try { await replace(); } catch { /* The server may be starting again. */ }
  busy = false;
  if (again) { again = false; refresh(); }
}
async function replace() {
  const bare = { headers: { "X-Sandbox-Bare": "1" } };
  const text = await (await fetch(location.href, bare)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (other && other.innerHTML !== part.innerHTML) part.innerHTML = other.innerHTML;
  }
}
new EventSource("/changes").onmessage = () => refresh();
"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shown:
    """The contents of the page; of logs, the last entry first."""

    origin: str
    website_id: str
    session_id: str
    conversations: t.Sequence[t.Any]
    messages: t.Sequence[t.Any]
    requests: t.Sequence[SentRequest]
    events: t.Sequence[Event[t.Any]]
    deliveries: t.Sequence[Made]


def address(query: t.Mapping[str, str]) -> str:
    """Return the address of the page."""
    return f"/?{urllib.parse.urlencode(query)}"


def page(shown: Shown, nonce: str) -> str:
    """Return the page.

    Args:
        shown: what it shows.
        nonce: what marks its own style and script; empty for a page without them.
    """
    style = f'<style nonce="{_(nonce)}">{_STYLE}</style>' if nonce else ""
    script = f'<script nonce="{_(nonce)}">{_SCRIPT}</script>' if nonce else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Crisp sandbox</title>
<link rel="icon" href="data:,">
{style}
</head>
<body>
<header>
<h1>Crisp sandbox</h1>
<span>API: <code>{_(shown.origin)}/v1/</code></span>
<span>website_id: <code>{_(shown.website_id)}</code></span>
</header>
<main>
<section>
<h2>Conversations</h2>
{_visitor_form(shown)}
<ul id="conversations" data-live>{_conversations(shown)}</ul>
</section>
<section aria-label="Conversation">
{_conversation(shown)}
</section>
<section>
<h2>Requests</h2>
<ol class="log" id="requests" data-live>{_requests(shown.requests)}</ol>
<h2>Events</h2>
<ol class="log" id="events" data-live>{_events(shown.events)}</ol>
<h2>Webhooks</h2>
{_hook_form(shown)}
<ol class="log" id="deliveries" data-live>{_deliveries(shown.deliveries)}</ol>
</section>
</main>
{script}
</body>
</html>
"""


def _(value: object) -> str:
    """Return a value as text in HTML, or in an attribute."""
    return html.escape(str(value))


def _hidden(shown: Shown) -> str:
    fields = {"website": shown.website_id, "conversation": shown.session_id}
    return "".join(
        f'<input type="hidden" name="{name}" value="{_(value)}">'
        for name, value in fields.items()
        if value
    )


def _visitor_form(shown: Shown) -> str:
    return f"""<form method="post" action="/visitor">
<input type="hidden" name="website" value="{_(shown.website_id)}">
<input type="text" name="nickname" placeholder="Name" aria-label="Name of a visitor">
<button>New visitor</button>
</form>"""


def _conversations(shown: Shown) -> str:
    return "".join(_entry(shown, one) for one in shown.conversations) or _none()


def _entry(shown: Shown, conversation: t.Any) -> str:
    session_id = conversation["session_id"]
    link = address({"website": shown.website_id, "conversation": session_id})
    current = ' aria-current="true"' if session_id == shown.session_id else ""
    count = conversation["unread"]["operator"]
    unread = f' <span class="unread">{_(count)}</span>' if count else ""
    name = conversation["meta"]["nickname"] or session_id[:16]
    return (
        f'<li><a href="{_(link)}"{current}><strong>{_(name)}</strong>{unread} '
        f'<span class="state">{_(conversation["state"])}</span>'
        f'<span class="last">{_(conversation["last_message"] or "…")}</span></a></li>'
    )


def _conversation(shown: Shown) -> str:
    if not shown.session_id:
        return '<p class="none">Choose a conversation, or add a visitor.</p>'
    buttons = "".join(
        f'<button name="state" value="{state}">{state}</button>' for state in _STATES
    )
    messages = "".join(map(_message, shown.messages))
    return f"""<h2><code>{_(shown.session_id)}</code></h2>
<ol id="messages" data-live>{messages or _none()}</ol>
<form method="post" action="/message">
{_hidden(shown)}
<input type="text" name="text" required autofocus placeholder="Message"
 aria-label="Message">
<button name="as" value="visitor">as visitor</button>
<button name="as" value="operator">as operator</button>
<button name="as" value="note">as note</button>
</form>
<form method="post" action="/state">{_hidden(shown)}{buttons}</form>"""


def _message(message: t.Any) -> str:
    content, kind = message["content"], message["type"]
    if kind == "event":
        content = content.get("namespace", "")
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    side = "operator" if message["from"] == "operator" else "visitor"
    who = message["user"].get("nickname") or side
    about = f"{who}{', automated' if message.get('automated') else ''}"
    label = "" if kind == "event" else f"<small>{_(about)}</small>"
    return f'<li class="{side} {_(kind)}">{label}{_(text)}</li>'


def _requests(requests: t.Sequence[SentRequest]) -> str:
    return "".join(map(_request, requests)) or _none()


def _request(request: SentRequest) -> str:
    bad = "" if 200 <= request.status < 300 else ' class="bad"'
    name = request.operation or f"{request.method} {request.path}"
    details = {**request.arguments}
    body = (request.body or b"").decode(errors="replace")
    text = json.dumps(details, indent=1) + (f"\n{body}" if body else "")
    return _details(f"<span{bad}>{request.status or 'lost'}</span> {_(name)}", text)


def _events(events: t.Sequence[Event[t.Any]]) -> str:
    return (
        "".join(
            _details(_(event.name), json.dumps(event.data, indent=1))
            for event in events
        )
        or _none()
    )


def _details(summary: str, text: str) -> str:
    """Return an entry of a log; the summary is HTML."""
    return (
        f"<li><details><summary>{summary}</summary><pre>{_(text)}</pre></details></li>"
    )


def _hook_form(shown: Shown) -> str:
    return f"""<form method="post" action="/hook">
{_hidden(shown)}
<input type="text" name="url" required placeholder="http://127.0.0.1:8000/hook"
 aria-label="URL of your program">
<input type="text" name="secret" placeholder="signing secret, if it is a plugin"
 aria-label="Signing secret">
<button>Add</button>
</form>"""


def _deliveries(deliveries: t.Sequence[Made]) -> str:
    return "".join(map(_delivery, deliveries)) or _none()


def _delivery(made: Made) -> str:
    bad = "" if made.is_received else ' class="bad"'
    return (
        f"<li><span{bad}>{made.status or 'no response'}</span> {_(made.event.name)} "
        f"(attempt {made.attempt})</li>"
    )


def _none() -> str:
    return '<li class="none">None yet.</li>'
