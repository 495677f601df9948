"""The product's own source, as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("meta_med", "data_contracts", "orchestration", "dashboard")


@cache
def files() -> tuple[Path, ...]:
    """Every Python file of the product."""
    return tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """The path as it is written from the root."""
    return str(path.relative_to(ROOT))


def functions() -> Iterator[tuple[str, int]]:
    """`file:function` and its length in lines, docstring left out."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.name}", _length(node)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if not body:
        return 1
    header = node.body[0].lineno - node.lineno
    return header + (body[-1].end_lineno or 0) - body[0].lineno + 1


def calls() -> Iterator[tuple[str, str]]:
    """`file:line` and the dotted name of what is called there."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield f"{name(path)}:{node.lineno}", ast.unparse(node.func)


def imports() -> Iterator[tuple[str, str]]:
    """`file:line` and the module that is imported there."""
    for path in files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                yield from ((f"{name(path)}:{node.lineno}", alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield f"{name(path)}:{node.lineno}", node.module or ""
