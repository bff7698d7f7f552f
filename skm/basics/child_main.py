"""Starts a child process that reads a file: sets its bounds, then runs the script that it is given.

It imports nothing of this package, so that it starts quickly.
"""

import runpy
import sys


def bound(seconds: int, memory: int) -> None:
    """Bound processor time and memory where the system has such bounds; a child never leaves a core file."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit only
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    if sys.platform == "linux":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    script, path, ending, time_limit, memory_limit, cells = sys.argv[1:]
    bound(int(time_limit), int(memory_limit))
    sys.argv = [script, path, ending, cells]
    runpy.run_path(script, run_name="__main__")
