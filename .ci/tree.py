"""Print the tree with each file's purpose into README.md, between its markers (`--check`: only compare)."""

import ast
import subprocess
import sys
from pathlib import Path

START, END = "<!-- tree -->", "<!-- /tree -->"
FOLDERS = ("meta_med", "data_contracts", "orchestration", "dashboard")


def purpose(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text())) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return paragraph.split(". ")[0].rstrip(".")


def tree() -> str:
    """Every Python file that git tracks, folder by folder, with its purpose."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], capture_output=True, text=True, check=True
    ).stdout.split()
    lines = []
    folder = None
    for path in sorted(
        (Path(p) for p in listed if p.startswith(FOLDERS)), key=lambda p: (str(p.parent), p.name)
    ):
        if path.name == "__init__.py":
            continue
        if path.parent != folder:
            folder = path.parent
            init = folder / "__init__.py"
            lines.append(f"{folder}/".ljust(38) + (purpose(init) if init.exists() else ""))
        lines.append(f"    {path.name}".ljust(38) + purpose(path))
    return "\n".join(lines)


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
