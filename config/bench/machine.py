"""What the measuring stands on: cores, how busy they are, time by turns, memory."""

import gc
import os
import platform
import resource
import time
from collections.abc import Callable
from typing import Any


def described() -> str:
    """One line about the machine; a busy one is said to be."""
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    busy = " (máy đang bận, chỉ tin tỷ lệ)" if load > cores / 2 else ""
    return f"{cores} nhân, Python {platform.python_version()}, tải {load:.1f}{busy}"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and what came of it; a collection before, so that nobody pays for what others left."""
    gc.collect()
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def by_turns(ours: Callable[[], Any], baseline: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """The best of each, measured one after the other, so that noise meets both."""
    pairs = [(timed(ours)[0], timed(baseline)[0]) for _round in range(rounds)]
    return min(mine for mine, _its in pairs), min(its for _mine, its in pairs)


def peak_memory() -> str:
    """The most that this process has ever held."""
    return f"đỉnh bộ nhớ {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
