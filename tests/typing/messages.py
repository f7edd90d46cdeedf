# pyright: strict
"""Read by mypy and pyright, never run: messages of all types, on both clients."""

from __future__ import annotations

from typing import assert_never, assert_type

from crisp_api import AsyncCrisp, Crisp
from crisp_api import types as ty

web = Crisp().website

# Keep each case on its line: the expected errors are marked by line.
# fmt: off

# text
good_text: ty.ConversationTextMessageNew = {
    "type": "text",
    "from": "operator",
    "origin": "chat",
    "content": "Hello!",
}
web.send_message_in_conversation("w", "s", good_text)
web.send_message_in_conversation("w", "s", {"type": "text", "from": "operator", "origin": "chat", "content": "Hello!"})
web.send_message_in_conversation("w", "s", {"type": "text", "from": "operator", "origin": "chat", "content": {"id": "x"}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# note
good_note: ty.ConversationNoteMessageNew = {
    "type": "note",
    "from": "operator",
    "origin": "chat",
    "content": "Call back.",
}
web.send_message_in_conversation("w", "s", good_note)
web.send_message_in_conversation("w", "s", {"type": "note", "from": "operator", "origin": "chat", "content": "Call back."})
web.send_message_in_conversation("w", "s", {"type": "note", "from": "operator", "origin": "chat", "content": ["Call back."]})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# file
good_file: ty.ConversationFileMessageNew = {
    "type": "file",
    "from": "operator",
    "origin": "chat",
    "content": {"name": "a", "url": "https://a/", "type": "image/png"},
}
web.send_message_in_conversation("w", "s", good_file)
web.send_message_in_conversation("w", "s", {"type": "file", "from": "operator", "origin": "chat", "content": {"name": "a", "url": "https://a/", "type": "image/png"}})
web.send_message_in_conversation("w", "s", {"type": "file", "from": "operator", "origin": "chat", "content": "https://a/"})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# animation
good_animation: ty.ConversationAnimationMessageNew = {
    "type": "animation",
    "from": "operator",
    "origin": "chat",
    "content": {"url": "https://a/", "type": "image/gif"},
}
web.send_message_in_conversation("w", "s", good_animation)
web.send_message_in_conversation("w", "s", {"type": "animation", "from": "operator", "origin": "chat", "content": {"url": "https://a/", "type": "image/gif"}})
web.send_message_in_conversation("w", "s", {"type": "animation", "from": "operator", "origin": "chat", "content": {"link": "https://a/"}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# audio
good_audio: ty.ConversationAudioMessageNew = {
    "type": "audio",
    "from": "operator",
    "origin": "chat",
    "content": {"url": "https://a/", "type": "audio/mp3", "duration": 9},
}
web.send_message_in_conversation("w", "s", good_audio)
web.send_message_in_conversation("w", "s", {"type": "audio", "from": "operator", "origin": "chat", "content": {"url": "https://a/", "type": "audio/mp3", "duration": 9}})
web.send_message_in_conversation("w", "s", {"type": "audio", "from": "operator", "origin": "chat", "content": {"duration": "9"}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# picker
good_picker: ty.ConversationPickerMessageNew = {
    "type": "picker",
    "from": "operator",
    "origin": "chat",
    "content": {"id": "x", "text": "?", "choices": [{"value": "y", "label": "Y"}]},
}
web.send_message_in_conversation("w", "s", good_picker)
web.send_message_in_conversation("w", "s", {"type": "picker", "from": "operator", "origin": "chat", "content": {"id": "x", "text": "?", "choices": [{"value": "y", "label": "Y"}]}})
web.send_message_in_conversation("w", "s", {"type": "picker", "from": "operator", "origin": "chat", "content": {"id": "x", "choices": [{"text": "Y"}]}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# field
good_field: ty.ConversationFieldMessageNew = {
    "type": "field",
    "from": "operator",
    "origin": "chat",
    "content": {"id": "x", "text": "?", "explain": "!", "value": ""},
}
web.send_message_in_conversation("w", "s", good_field)
web.send_message_in_conversation("w", "s", {"type": "field", "from": "operator", "origin": "chat", "content": {"id": "x", "text": "?", "explain": "!", "value": ""}})
web.send_message_in_conversation("w", "s", {"type": "field", "from": "operator", "origin": "chat", "content": {"id": "x", "text": "?", "default": ""}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# carousel
good_carousel: ty.ConversationCarouselMessageNew = {
    "type": "carousel",
    "from": "operator",
    "origin": "chat",
    "content": {"text": "?", "targets": [{"title": "T", "actions": [{"label": "L"}]}]},
}
web.send_message_in_conversation("w", "s", good_carousel)
web.send_message_in_conversation("w", "s", {"type": "carousel", "from": "operator", "origin": "chat", "content": {"text": "?", "targets": [{"title": "T", "actions": [{"label": "L"}]}]}})
web.send_message_in_conversation("w", "s", {"type": "carousel", "from": "operator", "origin": "chat", "content": {"targets": [{"title": "T", "buttons": []}]}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# event
good_event: ty.ConversationEventMessageNew = {
    "type": "event",
    "from": "operator",
    "origin": "chat",
    "content": {"namespace": "state:resolved", "text": "Done"},
}
web.send_message_in_conversation("w", "s", good_event)
web.send_message_in_conversation("w", "s", {"type": "event", "from": "operator", "origin": "chat", "content": {"namespace": "state:resolved", "text": "Done"}})
web.send_message_in_conversation("w", "s", {"type": "event", "from": "operator", "origin": "chat", "content": "state:resolved"})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

# The fields that all kinds have
web.send_message_in_conversation("w", "s", {"type": "txt", "from": "operator", "origin": "chat", "content": "x"})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]
web.send_message_in_conversation("w", "s", {"type": "text", "from": "visitor", "origin": "chat", "content": "x"})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]
web.send_message_in_conversation("w", "s", {"type": "text", "from": "operator", "content": "x"})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
web.send_message_in_conversation("w", "s", {"type": "text", "from": "operator", "origin": "chat", "content": "x", "autmated": True})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def read(message: ty.ConversationMessage) -> None:
    assert_type(message["timestamp"], int)
    assert_type(message["read"], str | None)
    assert_type(message["user"]["nickname"], str)
    if message["type"] == "text" or message["type"] == "note":
        assert_type(message["content"], str)
    elif message["type"] == "file":
        assert_type(message, ty.ConversationFileMessage)
        assert_type(message["content"], ty.ConversationFileMessageContentResponse)
    elif message["type"] == "animation":
        assert_type(message, ty.ConversationAnimationMessage)
        assert_type(message["content"], ty.ConversationAnimationMessageContentResponse)
    elif message["type"] == "audio":
        assert_type(message, ty.ConversationAudioMessage)
        assert_type(message["content"], ty.ConversationAudioMessageContentResponse)
    elif message["type"] == "picker":
        assert_type(message, ty.ConversationPickerMessage)
        assert_type(message["content"], ty.ConversationPickerMessageContentResponse)
        assert_type([choice["label"] for choice in message["content"]["choices"]], list[str])
    elif message["type"] == "field":
        assert_type(message, ty.ConversationFieldMessage)
        assert_type(message["content"], ty.ConversationFieldMessageContentResponse)
    elif message["type"] == "carousel":
        assert_type(message, ty.ConversationCarouselMessage)
        assert_type(message["content"], ty.ConversationCarouselMessageContentResponse)
    elif message["type"] == "event":
        assert_type(message, ty.ConversationEventMessage)
        assert_type(message["content"], ty.ConversationEventMessageContentResponse)
    else:
        assert_never(message)


def hear(event: ty.EventsMessageReceived) -> None:
    assert_type(event.get("inbox_id"), str | None)
    if event["type"] == "text" or event["type"] == "note":
        assert_type(event["content"], str)
    elif event["type"] == "file":
        assert_type(event["content"], ty.ConversationFileMessageContentResponse)
    elif event["type"] == "animation":
        assert_type(event["content"], ty.ConversationAnimationMessageContentResponse)
    elif event["type"] == "audio":
        assert_type(event["content"], ty.ConversationAudioMessageContentResponse)
    elif event["type"] == "picker":
        assert_type(event["content"], ty.ConversationPickerMessageContentResponse)
    elif event["type"] == "field":
        assert_type(event["content"], ty.ConversationFieldMessageContentResponse)
    elif event["type"] == "carousel":
        assert_type(event["content"], ty.ConversationCarouselMessageContentResponse)
    elif event["type"] == "event":
        assert_type(event["content"], ty.ConversationEventMessageContentResponse)
    else:
        assert_never(event)


async def main() -> None:
    web = AsyncCrisp().website

    messages = await web.get_messages_in_conversation("w", "s", timestamp_before=7)
    assert_type(messages, list[ty.ConversationMessage])

    sent = await web.send_message_in_conversation("w", "s", good_text)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "text", "from": "operator", "origin": "chat", "content": {"id": "x"}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_note)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "note", "from": "operator", "origin": "chat", "content": ["Call back."]})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_file)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "file", "from": "operator", "origin": "chat", "content": "https://a/"})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_animation)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "animation", "from": "operator", "origin": "chat", "content": {"link": "https://a/"}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_audio)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "audio", "from": "operator", "origin": "chat", "content": {"duration": "9"}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_picker)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "picker", "from": "operator", "origin": "chat", "content": {"id": "x", "choices": [{"text": "Y"}]}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_field)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "field", "from": "operator", "origin": "chat", "content": {"id": "x", "text": "?", "default": ""}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_carousel)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "carousel", "from": "operator", "origin": "chat", "content": {"targets": [{"title": "T", "buttons": []}]}})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]

    sent = await web.send_message_in_conversation("w", "s", good_event)
    assert_type(sent, ty.ConversationMessageDispatched)
    await web.send_message_in_conversation("w", "s", {"type": "event", "from": "operator", "origin": "chat", "content": "state:resolved"})  # type: ignore[arg-type, misc] # pyright: ignore[reportArgumentType]
