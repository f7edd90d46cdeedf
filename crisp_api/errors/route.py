"""The import path of the original client: ``crisp_api.errors.route.RouteError``."""

from crisp_api.errors import RouteError

__all__ = ["RouteError"]
