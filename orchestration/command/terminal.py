"""What a command prints: the result on stdout, the way there on stderr."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from orchestration.doors import cannot_write
from orchestration.machine_json import machine_json

NUMBERS_SHOWN = 2


class Terminal:
    """One command's way of talking."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        # Names, paths and messages are shown to the letter: [x] and :x: in them are no markup.
        width = None if sys.stdout.isatty() else 110
        self._out = Console(width=width, highlight=False, markup=False, emoji=False)
        self._err = Console(stderr=True, highlight=False, markup=False, emoji=False)

    def result(self, content: Mapping[str, Any], *shown: RenderableType) -> None:
        """Print `content` as JSON, or `shown` for a reader."""
        with writing_result():
            if self.as_json:
                sys.stdout.write(machine_json(content, indent=1) + "\n")
            else:
                for part in shown:
                    # Lines are never broken, so that paths can be copied and scripts can read them.
                    self._out.print(part, soft_wrap=isinstance(part, str))

    def verbatim(self, content: Mapping[str, Any], text: str) -> None:
        """Print `content` as JSON, or `text` to the letter, so that it can be piped into a file."""
        if self.as_json:
            self.result(content)
        else:
            with writing_result():
                sys.stdout.write(text)

    def say(self, text: str) -> None:
        """A line on the way there."""
        self._err.print(text)

    @contextmanager
    def listening(self) -> Iterator["StageLines"]:
        """A listener that shows stages as lines, and meta-training as a bar on a terminal."""
        columns = (
            TextColumn("  {task.description}"),
            BarColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
        )
        with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as bars:
            yield StageLines(self._err, bars)


@contextmanager
def writing_result() -> Iterator[None]:
    """A result that cannot be written is the place's failure, and its own text none of ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write("the file that stdout leads to", error) from None


class StageLines:
    """A listener for people."""

    def __init__(self, console: Console, bars: Progress) -> None:
        self._console = console
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def stage_started(self, stage: str) -> None:
        """Nothing: the line comes when the stage has ended."""

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """One line a stage."""
        said = "as before" if reused else f"{seconds:.1f} s"
        self._console.print(f"{stage.replace('_', '-'):>12}  {said}")

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """One bar a learner."""
        note = "  ".join(f"{name} {value:.3g}" for name, value in list(numbers.items())[:NUMBERS_SHOWN])
        if label not in self._tasks:
            self._tasks[label] = self._bars.add_task(label, total=total, note=note)
        self._bars.update(self._tasks[label], completed=done, total=total, note=note)
