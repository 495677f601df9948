"""Print each folder with its purpose into README.md, between its markers (`--check`: only compare)."""

import ast
import subprocess
import sys
from pathlib import Path

START, END = "<!-- tree -->", "<!-- /tree -->"
FOLDERS = ("meta_med/", "data_contracts/", "orchestration/", "dashboard/")
WIDTH = 42


def purpose(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text())) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return paragraph.split(". ")[0].rstrip(".")


def tree() -> str:
    """Every folder that holds Python files git tracks, with the purpose that its `__init__.py` states."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], capture_output=True, text=True, check=True
    ).stdout.split()
    folders = sorted({str(Path(path).parent) for path in listed if path.startswith(FOLDERS)})
    return "\n".join(f"{folder}/".ljust(WIDTH) + purpose(Path(folder) / "__init__.py") for folder in folders)


def main() -> int:
    """Write, or compare."""
    readme = Path(__file__).parent.parent / "README.md"
    text = readme.read_text()
    before, rest = text.split(START)
    _, after = rest.split(END)
    wanted = f"{before}{START}\n```text\n{tree()}\n```\n{END}{after}"
    if "--check" in sys.argv:
        stale = text != wanted
        sys.stderr.write("README.md: the tree is not current; run .ci/tree.py\n" * stale)
        return int(stale)
    readme.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
