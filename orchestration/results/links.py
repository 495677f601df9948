"""Links of pages to files beside them."""

from pathlib import Path


def link(text: str, target: str, folder: Path) -> str:
    """A Markdown link from a page in `folder`, or the text alone where the file is not there.

    Pages of results may be written to any folder, and the documentation that those of this repository link to is only
    beside its own.

    Args:
        text: what is shown; target: path relative to the page, perhaps with an anchor.
        folder: of the page.

    """
    there = (folder / target.partition("#")[0]).is_file()
    return f"[{text}]({target})" if there else text
