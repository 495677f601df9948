"""Runs a program that ends with its parent: `python -m orchestration.services.tied PARENT PROGRAM ARGUMENT...`.

A supervisor that is killed cannot end its services. So each asks the kernel for a SIGTERM at the death of its parent,
whose process id is PARENT, and then becomes the program; the request survives `exec`. Only Linux knows such a request;
elsewhere nothing is asked.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask to end with the parent, and become the program of the arguments."""
    parent = int(sys.argv[1])
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(0)  # it ended before it could be asked for
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606  # without a shell


if __name__ == "__main__":
    main()
