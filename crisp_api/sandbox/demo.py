"""Believable data for a sandbox: made-up people, and what they write about."""

from __future__ import annotations

import random
import typing as t

from crisp_api.sandbox.operators import Operator
from crisp_api.sandbox.people import Visitor

if t.TYPE_CHECKING:
    from crisp_api.sandbox import Sandbox
    from crisp_api.sandbox.call import State

__all__ = ["fill"]

_FIRST: t.Final = (
    *("Ada", "Amara", "Ben", "Chloé", "Daniel", "Elif", "Finn", "Grace", "Hana"),
    *("Ivan", "Jane", "Kofi", "Lena", "Marco", "Nadia", "Omar", "Priya", "Quentin"),
    *("Rosa", "Sven", "Tomás", "Uma", "Viktor", "Wei", "Yuki", "Zoë"),
)
_LAST: t.Final = (
    *("Almeida", "Berg", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haas"),
    *("Ito", "Jansen", "Kaya", "Lindqvist", "Moreau", "Novak", "Okafor", "Park"),
    *("Rossi", "Singh", "Tanaka", "Ueda", "Varga", "Weber", "Young", "Zhang"),
)
_PLACES: t.Final = (
    ("FR", "Paris", 48.86, 2.35, "fr"),
    ("DE", "Berlin", 52.52, 13.4, "de"),
    ("GB", "Leeds", 53.8, -1.55, "en"),
    ("US", "Denver", 39.74, -104.99, "en"),
    ("BR", "Recife", -8.05, -34.88, "pt"),
    ("JP", "Osaka", 34.69, 135.5, "ja"),
)
_SYSTEMS: t.Final = (("iOS", "Safari"), ("Android", "Chrome"), ("Windows", "Firefox"))
_SEGMENTS: t.Final = ("order", "billing", "bug", "vip", "shipping")
_OPERATORS: t.Final = ("Nora Lund", "Sam Reyes", "Mia Adler")
# A topic: its page, what a visitor asks, what an operator answers, what they add.
_TOPICS: t.Final = (
    (
        "orders",
        "Hi! My order {order} has not arrived yet. Where is it?",
        "Hello {name}, it left our warehouse on Monday and should arrive tomorrow.",
        "Great, thank you!",
    ),
    (
        "billing",
        "I was charged twice for invoice {order}.",
        "I am sorry about that, {name}. I have refunded the second payment.",
        "Perfect, I can see it.",
    ),
    (
        "returns",
        "How can I send back a pair of shoes from order {order}?",
        "You can print a label in your account, {name}. It is free for 30 days.",
        "Found it, thanks.",
    ),
    (
        "login",
        "I cannot log in any more. The reset e-mail never comes.",
        "Could you look into your spam folder, {name}? I have just sent it again.",
        "It was there. All good now!",
    ),
    (
        "pricing",
        "Do you have a discount for small teams?",
        "Yes, {name}: from five seats on, the yearly plan is 20 % off.",
        "We will think about it.",
    ),
    (
        "bug",
        "The export stops at row {order}. Is that a known problem?",
        "It is, and a fix is on its way. May I write you when it is out, {name}?",
        "Yes please.",
    ),
    (
        "hours",
        "Are you open on public holidays?",
        "We are here every day from 9 to 18, {name}, holidays included.",
        "Wonderful.",
    ),
)
_MINUTE: t.Final = 60_000
_DAY: t.Final = 24 * 60 * _MINUTE
# How long a conversation may last.
_LONGEST: t.Final = 80 * _MINUTE


def fill(sandbox: Sandbox, state: State, conversations: int, seed: object) -> None:
    """Add conversations of the last weeks, with their contacts.

    Args:
        sandbox: where to add them.
        state: its state.
        conversations: how many.
        seed: another seed makes other conversations.
    """
    operators = [sandbox.operator(name) for name in _OPERATORS]
    operators[0].arrives()
    now, generator = state.now(), random.Random(f"demo {seed}")  # noqa: S311
    # More of today than of any other day.
    moments = sorted(
        int(30 * _DAY * generator.random() ** 3) for _ in range(conversations)
    )
    for moment in reversed(moments):
        with state.at(now - _LONGEST - moment) as clock:
            number = state.store.next("demo")
            story = _Story(sandbox, generator, clock, number)
            story.tell(generator.choice(operators), is_recent=moment < _DAY)


class _Story:
    """One conversation.

    Args:
        sandbox: where it happens.
        generator: makes the choices.
        clock: adds milliseconds to the time.
        number: that of the conversation.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        generator: random.Random,
        clock: t.Callable[[int], None],
        number: int,
    ) -> None:
        self._number = number
        self._sandbox = sandbox
        self._pick = generator
        self._clock = clock

    def tell(self, operator: Operator, *, is_recent: bool) -> None:
        """Let a visitor and an operator talk."""
        pick = self._pick
        page, question, answer, thanks = pick.choice(_TOPICS)
        visitor, name = self._arrive()
        words = {"name": name, "order": pick.randrange(1000, 10_000)}
        visitor.visits(f"https://sandbox.example/{page}", page.capitalize())
        self._wait(1)
        visitor.say(question.format(**words))
        # Today's may still wait for an answer.
        if is_recent and pick.random() < 0.5:
            return
        self._wait(15)
        self._read(visitor)
        operator.takes(visitor)
        operator.say(visitor, answer.format(**words))
        if pick.random() < 0.2:
            operator.notes(visitor, f"Asked about {page} before.")
        if pick.random() < 0.7:
            self._wait(30)
            visitor.reads()
            visitor.say(thanks)
            self._read(visitor)
        if not is_recent or pick.random() < 0.5:
            self._wait(30)
            operator.resolves(visitor)
        if not is_recent:
            visitor.leaves()

    def _arrive(self) -> tuple[Visitor, str]:
        """Return a visitor, and the first name."""
        pick = self._pick
        first, last = pick.choice(_FIRST), pick.choice(_LAST)
        country, city, latitude, longitude, language = pick.choice(_PLACES)
        system, browser = pick.choice(_SYSTEMS)
        nickname = f"{first} {last}"
        # Each has an address of their own.
        email = f"{last}.{self._number}@example.com".lower()
        contacts = self._sandbox.operator().client.website
        contacts.add_new_people_profile(
            self._sandbox.website_id, {"email": email, "person": {"nickname": nickname}}
        )
        visitor = self._sandbox.visitor(
            nickname=nickname,
            email=email,
            segments=pick.sample(_SEGMENTS, pick.randrange(3)),
            data={"orders": pick.randrange(20)},
            device={
                "capabilities": [],
                "geolocation": {
                    "country": country,
                    "region": None,
                    "city": city,
                    "coordinates": {"latitude": latitude, "longitude": longitude},
                },
                "system": {
                    "os": {"name": system},
                    "engine": {"name": ""},
                    "browser": {"name": browser},
                    "useragent": f"{browser} on {system}",
                },
                "timezone": 0,
                "locales": [language],
            },
        )
        return visitor, first

    def _read(self, visitor: Visitor) -> None:
        """Read what a visitor wrote."""
        mark = visitor.client.website.mark_messages_read_in_conversation
        mark(visitor.website_id, visitor.session_id, {"from": "user"})

    def _wait(self, minutes: int) -> None:
        self._clock(self._pick.randrange(minutes * _MINUTE))
