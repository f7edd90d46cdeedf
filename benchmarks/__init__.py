"""Compare the library with others: ``python -m benchmarks``.

The server is on this machine, so that the client takes most of the time. Figures are of
one run on one machine; compare them with each other only.
"""
