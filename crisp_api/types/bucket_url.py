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
    """What a file belongs to."""

    type: str
    id: str


class BucketURLRequest(TypedDict, total=False):
    """A file that wants an address to be uploaded to."""

    namespace: BucketNamespace
    id: str
    file: BucketURLRequestFile
    resource: BucketURLRequestResource
