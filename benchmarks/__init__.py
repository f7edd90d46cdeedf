"""What the library costs, beside others: ``python -m benchmarks``.

It is measured against a server on this machine, so that the client is what takes
the time. Figures are of one run on one machine; compare them with each other only.
"""
