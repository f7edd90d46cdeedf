"""Network and server faults, and what a call returns or raises when they happen.

The table of faults is `tests.transport.faults.table`. A real server does each of them to
both clients, with and without TLS, and the tests compare the result with the table.
``python -m tests.transport.faults`` writes the table to ``docs/faults.md``.
"""
