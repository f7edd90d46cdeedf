"""What a network can do to a call, and what the caller gets then.

The faults stand in one table, `tests.transport.faults.table`; each is done by a real server
to both faces, plain and over TLS. ``python -m tests.transport.faults`` writes the outcomes to
``docs/faults.md``.
"""
