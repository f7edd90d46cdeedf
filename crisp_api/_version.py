"""The version, told once."""

__version__ = "2.0.0.dev0"
