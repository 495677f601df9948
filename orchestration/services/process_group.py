"""One running service: its process with all of its descendants in a group of their own, ended as a whole."""

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from orchestration.services.service import Service

CLEAN_SECONDS, TERMINATED_SECONDS = 15.0, 10.0
"""How long a service may take to end by itself, and then its descendants."""
LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class ProcessGroup:
    """The leader of a group, which is the service's own process."""

    process: asyncio.subprocess.Process

    @classmethod
    async def started(cls, service: Service) -> "ProcessGroup":
        """Start a service; what it prints goes to stderr."""
        tied = (sys.executable, "-m", "orchestration.services.tied", str(os.getpid()))
        return cls(
            await asyncio.create_subprocess_exec(
                *tied,
                *service.program,
                env={**os.environ, **service.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=sys.stderr,
                start_new_session=True,
            )
        )

    @property
    def pid(self) -> int:
        """Of the leader, and of the group."""
        return self.process.pid

    async def ended(self) -> int:
        """Wait for the leader's end; its exit code."""
        return await self.process.wait()

    async def end(self) -> bool:
        """End the leader cleanly, then whatever it has left; whether nothing had to be killed.

        What a leader that is dead already has left is ended at once: nobody else would.
        """
        if self.process.returncode is None:
            self._leader(signal.SIGTERM)
            if await self._gone(CLEAN_SECONDS):
                return True
        self._all(signal.SIGTERM)
        if await self._gone(TERMINATED_SECONDS):
            return True
        self._all(signal.SIGKILL)
        await self.process.wait()
        return False

    def _leader(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(number)

    def _all(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    async def _gone(self, seconds: float) -> bool:
        """Whether the leader and its descendants end within this time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.returncode is not None and not self._has_members():
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return False

    def _has_members(self) -> bool:
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
