"""The version of the library, defined here only."""

__version__ = "2.0.0.dev0"
