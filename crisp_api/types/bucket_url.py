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


class BucketURLRequestResource(TypedDict, total=False):
    """The resource that a file belongs to."""

    type: str
    id: str


_From = TypedDict("_From", {"from": str}, total=False)


class BucketURLRequest(_From, total=False):
    """A file to upload, for which Crisp sends a signed URL as an event.

    The event repeats ``from``, ``identifier`` and ``id``: they tell whose it is.
    """

    namespace: BucketNamespace
    identifier: str
    id: str
    file: BucketURLRequestFile
    resource: BucketURLRequestResource
