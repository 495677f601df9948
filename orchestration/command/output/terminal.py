"""What a command prints: the result on stdout, as text or as JSON by RFC 8259, and its progress on stderr.

A table can be exported to a file too, in the format that the file's name asks for.
"""

import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from data_contracts.atomic_write import atomic_write
from orchestration.errors import StudyError
from orchestration.writable import cannot_write, require_file

if TYPE_CHECKING:
    import pandas as pd


def machine_json(content: Any, indent: int | None = None) -> str:
    """The content as JSON; a number that is infinite or not one is null, for JSON has no word for it.

    Args:
        content: mappings, sequences and plain or NumPy values; anything else is written as its text.
        indent: spaces a level, all in one line without it.

    """
    return json.dumps(_plain(content), indent=indent, default=str, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_plain_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _plain_key(key: Any) -> Any:
    """NumPy's numbers as names, as Python's own would be written; the rest is for `json` to judge."""
    return key.item() if isinstance(key, np.generic) else key


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


FORMS = (".parquet", ".csv", ".json", ".md")


def require_form(path: Path) -> None:
    """Find out, before anything is computed, that the table can be written there.

    Raises:
        StudyError: no form has this name, or its folder is not there.
        PublishedStoreError: its folder cannot be written.

    """
    if path.suffix not in FORMS:
        raise StudyError(f"--export {path.name}: the name must end in one of {', '.join(FORMS)}.")
    if not path.absolute().parent.exists():
        raise StudyError(f"There is no folder {path.parent}. Make it, or name another file with --export.")
    require_file(path)


def write_table(table: "pd.DataFrame", path: Path, title: str) -> None:
    """Write an evaluation table to `path` by rename; a .md is a page for readers, with this title."""
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
