"""Events of a command or service, for people as lines, or for a log collector as JSON: one object a line, on stderr.

Events hold names, counts, hashes and durations, never a patient's value.
"""

import json
import logging
import os
import resource
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

FORMAT_VARIABLE = "META_MED_LOG_FORMAT"
JSON = "json"


def json_is_asked_for() -> bool:
    """Whether logs are to be JSON."""
    return os.environ.get(FORMAT_VARIABLE, "").lower() == JSON


def use_format(name: str | None) -> None:
    """Log in this format, here and in child processes; as the environment says where none is given."""
    if name is not None:
        os.environ[FORMAT_VARIABLE] = name


def tell(event: str, text: str, **facts: object) -> None:
    """Write an event to stderr: its facts as JSON where that is asked for, else its text."""
    line = (
        LogFormatter().format(record_of(event, text, facts)) if json_is_asked_for() else f"meta-med: {text}"
    )
    # a log that cannot be written must not end what is logged
    with suppress(OSError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def record_of(event: str, text: str, facts: Mapping[str, object]) -> logging.LogRecord:
    """An event as a record of Python's logging, which has the time."""
    record = logging.LogRecord("meta_med", logging.INFO, "", 0, text, None, None)
    record.__dict__.update(event=event, facts=dict(facts))
    return record


class LogFormatter(logging.Formatter):
    """Messages of Python's logging, as JSON without tracebacks where that is asked for."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        if not json_is_asked_for():
            return super().format(record)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        told = getattr(record, "facts", message)
        return json.dumps({"at": at, "event": getattr(record, "event", "message"), **told}, default=str)


class EventListener:
    """A listener that tells each stage as an event."""

    def __init__(self) -> None:
        self._cpu: dict[str, float] = {}

    def stage_started(self, stage: str) -> None:
        """One event."""
        self._cpu[stage] = _processor_seconds()
        tell("stage_started", f"{stage} started", stage=stage)

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """One event, with the seconds of the processor and the largest resident size of this process so far."""
        now = _processor_seconds()
        tell(
            "stage_ended",
            f"{stage} ended",
            stage=stage,
            reused=reused,
            seconds=round(seconds, 3),
            cpu_seconds=round(now - self._cpu.get(stage, now), 3),
            peak_gb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, 3),
        )

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """Nothing: thousands of steps are no events."""


def _processor_seconds() -> float:
    """What this process and those that it started and that have ended used of the processor."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
