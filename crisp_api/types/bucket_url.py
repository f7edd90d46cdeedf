"""Bucket URL: files to upload."""

import typing as t

from crisp_api.types._typeddict import TypedDict

BucketNamespace = t.Literal[
    "upload", "avatar", "website", "campaign", "helpdesk", "status", "processing"
]
"""Derived from the event names."""


class BucketURLRequestFile(TypedDict, total=False):
    """A file: its name and its MIME type."""

    name: str
    type: str
    """MIME type; upload the file with the same ``Content-Type``."""


class BucketURLRequestResource(TypedDict, total=False):
    """The resource that a file belongs to."""

    type: str
    """Kind of resource, such as ``website``."""
    id: str
    """Identifier of the resource; for a ``website``, its ``website_id``."""


_From = TypedDict("_From", {"from": str}, total=False)


class BucketURLRequest(_From, total=False):
    """A file to upload, for which Crisp sends a signed URL as an event.

    The event repeats ``from``, ``identifier`` and ``id``, so that you can match it to
    your request.
    """

    namespace: BucketNamespace
    """Purpose of the file. The answer arrives as the event
    ``bucket:url:{namespace}:generated``.
    """
    identifier: str
    """Identifier of your choice, repeated in the event."""
    id: str
    """Identifier of your choice; use a new one for each request to match the event with
    it.
    """
    file: BucketURLRequestFile
    resource: BucketURLRequestResource
