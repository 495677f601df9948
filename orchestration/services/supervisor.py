"""Keeps services running: starts them, asks after their health, starts a dead one again, and ends all of them.

A service that ends, or is found unhealthy several times in a row, is ended with its descendants and started again after
a pause, which doubles each time until the service has run well for a while. One that cannot even start ends the
supervisor, so that a wrong setting is seen at once and not retried for ever.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from orchestration.errors import MetaMedError, PublishedStoreError
from orchestration.services.process_group import ProcessGroup
from orchestration.services.service import Service

STOPPING = (signal.SIGTERM, signal.SIGINT)
Tell = Callable[..., None]
"""Called with the event's name, its text, and its facts by name."""


@dataclass(frozen=True)
class Patience:
    """How long things may take, in seconds, and how often they may fail.

    Attributes:
        look: between two checks of a service's health; start: until a new service must be healthy.
        unhealthy: so many failed checks in a row end a service; starts: so many times it may fail to start.
        pause, longest: the first pause before it is started again, and the longest.
        settled: after so long without a failure the pauses begin anew.

    """

    look: float = 10.0
    start: float = 180.0
    unhealthy: int = 3
    starts: int = 3
    pause: float = 1.0
    longest: float = 60.0
    settled: float = 300.0


@dataclass
class Supervisor:
    """The services, and what is known of them.

    Attributes:
        services: to keep running; tell: gets what happens; patience: of its checks.
        ready: called once, with name -> process id, when all services are healthy for the first time.
        healthy: names of the services that were healthy at their last check.

    """

    services: Sequence[Service]
    tell: Tell
    ready: Callable[[dict[str, int]], None]
    patience: Patience = field(default_factory=Patience)
    healthy: set[str] = field(default_factory=set)
    _was_ready: bool = False
    _groups: dict[str, ProcessGroup] = field(default_factory=dict)
    _failure: MetaMedError | None = None

    async def run(self) -> None:
        """Keep all services running until SIGTERM or SIGINT; then end them.

        Raises:
            PublishedStoreError: a service could not be started.

        """
        self._stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in STOPPING:
            loop.add_signal_handler(number, self._stopping.set)
        try:
            async with asyncio.TaskGroup() as group:
                for service in self.services:
                    group.create_task(self._keep(service))
        finally:
            for number in STOPPING:
                loop.remove_signal_handler(number)
        if self._failure is not None:
            raise self._failure

    async def _keep(self, service: Service) -> None:
        """Run one service until the supervisor stops."""
        pause, failed_starts = self.patience.pause, 0
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            started = loop.time()
            was_healthy, why = await self._run_once(service)
            if self._stopping.is_set():
                return
            failed_starts = 0 if was_healthy else failed_starts + 1
            if failed_starts >= self.patience.starts:
                self._give_up(service, why)
                return
            if loop.time() - started >= self.patience.settled:
                pause = self.patience.pause
            text = f"{service.name} {why}; it is started again in {pause:.0f} s"
            self.tell("service_ended", text, service=service.name, why=why, pause=pause)
            await self._stopped_within(pause)
            pause = min(2 * pause, self.patience.longest)

    def _give_up(self, service: Service, why: str) -> None:
        if self._failure is None:
            self._failure = PublishedStoreError(
                f"E_SERVICE: {service.name} cannot be started: it {why}, {self.patience.starts} times in a row. Its "
                "own messages are above: mend what they say, and start again. All services were ended."
            )
        self._stopping.set()

    async def _run_once(self, service: Service) -> tuple[bool, str]:
        """One life of a service: whether it was ever healthy, and why it has ended."""
        group = self._groups[service.name] = await ProcessGroup.started(service)
        self.tell("service_started", f"{service.name} started", service=service.name, pid=group.pid)
        end = asyncio.create_task(group.ended())
        try:
            return await self._watched(service, end)
        finally:
            self.healthy.discard(service.name)
            clean = await group.end()
            end.cancel()
            if self._stopping.is_set():
                how = "ended" if clean else "was killed: it did not end in time"
                self.tell("service_stopped", f"{service.name} {how}", service=service.name, clean=clean)

    async def _watched(self, service: Service, end: "asyncio.Task[int]") -> tuple[bool, str]:
        was_healthy, failures, loop = False, 0, asyncio.get_running_loop()
        must_be_healthy = loop.time() + self.patience.start
        while True:
            found = await asyncio.to_thread(service.check)
            if found:
                was_healthy, failures = True, 0
                self._note_healthy(service)
            elif was_healthy and found is False:
                failures += 1
            if failures >= self.patience.unhealthy:
                return True, f"failed {failures} health checks in a row"
            if not was_healthy and loop.time() > must_be_healthy:
                return False, f"was not healthy after {self.patience.start:.0f} s"
            if await self._stopped_or_ended(end, self.patience.look if was_healthy else 0.5):
                return was_healthy, _ending(end)

    def _note_healthy(self, service: Service) -> None:
        if service.name not in self.healthy:
            self.healthy.add(service.name)
            self.tell("service_healthy", f"{service.name} is healthy", service=service.name)
        if not self._was_ready and len(self.healthy) == len(self.services):
            self._was_ready = True
            self.ready({name: group.pid for name, group in self._groups.items()})

    async def _stopped_or_ended(self, end: "asyncio.Task[int]", seconds: float) -> bool:
        """Wait; whether the supervisor stops or the service has ended meanwhile."""
        stop = asyncio.create_task(self._stopping.wait())
        done, _ = await asyncio.wait({end, stop}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        return bool(done)

    async def _stopped_within(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


def _ending(end: "asyncio.Task[int]") -> str:
    """How a service has ended by itself."""
    if not end.done():
        return "was stopped"
    code = end.result()
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
