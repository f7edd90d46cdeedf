# pyright: strict
"""Read by mypy and pyright, never run: the options of a policy."""

from __future__ import annotations

import dataclasses
from typing import assert_type

from crisp_api import RetryPolicy

policy = RetryPolicy(max_attempts=2, initial_delay=0.1, max_delay=1, budget=3)
assert_type(policy, RetryPolicy)
assert_type(policy.max_attempts, int)
assert_type(dataclasses.replace(policy, max_retry_after=1.0), RetryPolicy)

RetryPolicy(attempts=2)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
RetryPolicy(max_attempts="2")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
RetryPolicy(2)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
policy.max_attempts = 3  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
