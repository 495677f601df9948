"""What an evaluation of several studies says on a terminal: which claims are met, and where the pages are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orchestration.evaluation import Pages

ANSWER = {True: Text("yes", style="green"), False: Text("no", style="red"), None: Text("-")}


def pages_content(pages: Pages, out: Path) -> dict[str, Any]:
    """The same for machines: claims, a line a study, pages, and who has none."""
    written = {study: str(page) for study, page in pages.written.items()}
    return {"pages": written, "summary": str(out / "summary.md"), **pages.summary}


def claims_table(pages: Pages, out: Path) -> Iterator[RenderableType]:
    """The claims over all studies that have results in the folder, then the paths."""
    shown = Table(title="Claims, over all studies with results", title_justify="left")
    for head in ("claim", "asked for", "found", "met"):
        shown.add_column(head)
    for claim in pages.summary.get("claims", []):
        shown.add_row(claim["text"], claim["wanted"], claim["found"], ANSWER[claim["met"]])
    yield shown
    for study, reason in pages.absent.items():
        yield f"{study}: no page, {reason}"
    for page in pages.written.values():
        yield str(page)
    yield str(out / "summary.md")
