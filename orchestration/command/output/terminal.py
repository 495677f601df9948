"""The output of a command: the result on stdout, as text or as JSON by RFC 8259, and progress on stderr.

Also the export of an evaluation table to a file, in the format of its extension.
"""

import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType

from data_contracts.atomic_write import atomic_write
from orchestration.errors import StudyError
from orchestration.monitoring.event_log import EventListener, json_is_asked_for, tell
from orchestration.writable import cannot_write, require_file

if TYPE_CHECKING:
    import pandas as pd
    from rich.progress import Progress, TaskID


def machine_json(content: Any, indent: int | None = None) -> str:
    """The content as JSON, with null for NaN and infinite numbers, which JSON does not have.

    Args:
        content: mappings, sequences and plain or NumPy values; anything else is written as its text.
        indent: spaces per level; without it, one line.

    """
    return json.dumps(_plain(content), indent=indent, default=str, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_plain_key(key): _plain(inner) for key, inner in value.items()}
    if _is_numpy(value):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _plain_key(key: Any) -> Any:
    """NumPy scalars as Python's own; other keys are left to `json`."""
    return key.item() if _is_numpy(key) else key


def _is_numpy(value: Any) -> bool:
    """Whether it is an array or scalar of NumPy; the library is not loaded to find out."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray | numpy.generic)


NUMBERS_SHOWN = 2


class Terminal:
    """The output of one command, as text or as JSON."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        # names, paths and messages are shown verbatim: [x] and :x: in them are not markup
        width = None if sys.stdout.isatty() else 110
        self._out = Console(width=width, highlight=False, markup=False, emoji=False)
        self._err = Console(stderr=True, highlight=False, markup=False, emoji=False)

    def result(self, content: Mapping[str, Any], *shown: RenderableType) -> None:
        """Print `content` as JSON, or `shown` as text."""
        with writing_result():
            if self.as_json:
                sys.stdout.write(machine_json(content, indent=1) + "\n")
            else:
                for part in shown:
                    # lines are not wrapped, so that paths can be copied and scripts can read them
                    self._out.print(part, soft_wrap=isinstance(part, str))

    def verbatim(self, content: Mapping[str, Any], text: str) -> None:
        """Print `content` as JSON, or `text` verbatim, so that it can be piped into a file."""
        if self.as_json:
            self.result(content)
        else:
            with writing_result():
                sys.stdout.write(text)

    def say(self, text: str) -> None:
        """Print a message on stderr, as an event where JSON is asked for."""
        if json_is_asked_for():
            tell("message", text, message=text)
        else:
            self._err.print(text)

    @contextmanager
    def listening(self) -> Iterator["StageLines | EventListener"]:
        """A listener that shows stages as lines, and meta-training as a bar on a terminal; or tells events as JSON."""
        if json_is_asked_for():
            yield EventListener()
            return
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

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
    """Translate errors of writing the result to stdout."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write("the file that stdout leads to", error) from None


class StageLines:
    """A listener that prints to the terminal."""

    def __init__(self, console: Console, bars: "Progress") -> None:
        self._console = console
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def stage_started(self, stage: str) -> None:
        """Nothing: the line is printed when the stage has ended."""

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """One line per stage."""
        duration = "as before" if reused else f"{seconds:.1f} s"
        self._console.print(f"{stage.replace('_', '-'):>12}  {duration}")

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """One bar per learner."""
        note = "  ".join(f"{name} {value:.3g}" for name, value in list(numbers.items())[:NUMBERS_SHOWN])
        if label not in self._tasks:
            self._tasks[label] = self._bars.add_task(label, total=total, note=note)
        self._bars.update(self._tasks[label], completed=done, total=total, note=note)


FORMATS = (".parquet", ".csv", ".json", ".md")


def require_format(path: Path) -> None:
    """Check, before anything is computed, that the table can be written to `path`.

    Raises:
        StudyError: no format has this extension, or its folder does not exist.
        PublishedStoreError: its folder cannot be written.

    """
    if path.suffix not in FORMATS:
        raise StudyError(f"--export {path.name}: the name must end in one of {', '.join(FORMATS)}.")
    if not path.absolute().parent.exists():
        raise StudyError(f"There is no folder {path.parent}. Make it, or name another file with --export.")
    require_file(path)


def write_table(table: "pd.DataFrame", path: Path, title: str) -> None:
    """Write an evaluation table to `path` by rename; a .md file is a page with this title."""
    with atomic_write(path) as draft:
        if path.suffix == ".parquet":
            table.to_parquet(draft, index=False)
        elif path.suffix == ".csv":
            table.to_csv(draft, index=False)
        elif path.suffix == ".md":
            from meta_med.evaluate.comparison.results_page import results_page

            draft.write_text(results_page(table, title))
        else:
            table.to_json(draft, orient="records", indent=1)
