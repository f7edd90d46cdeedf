"""Serves a sandbox on 127.0.0.1: over HTTP, and over Socket.IO."""

from __future__ import annotations

from crisp_api.sandbox.server.http import Server

__all__ = ["Server"]
