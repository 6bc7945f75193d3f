"""Does the time grow with the text, or with its square? A question for tests that must not fail on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Callable

GROWTH = 8  # the larger input is this many times the smaller one
TRIES = 6


def assert_linear(run: Callable[[int], object], size: int) -> None:
    """Fail if ``run(8 * size)`` takes far more than eight times as long as ``run(size)``.

    Linear work takes 8 times as long and quadratic work 64 times, so 24 tells them apart. Each side counts with its
    best try, for other work on the machine can only slow a try down; the first good ratio is enough.
    """
    run(size)
    small, large = float("inf"), float("inf")
    for _ in range(TRIES):
        small, large = min(small, _seconds(run, size)), min(large, _seconds(run, GROWTH * size))
        if large < 3 * GROWTH * max(small, 0.001):
            return
    raise AssertionError(f"{GROWTH} times the input took {large / small:.0f} times as long ({large:.2f} s)")


def _seconds(run: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    run(size)
    return time.process_time() - began
