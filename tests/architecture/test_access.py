"""No page reads a store without `authorize`: only few modules know a store, and each of their functions asks it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_trees import ROOT, files, name, tree

STORES = {"reader", "search", "quality", "engine", "heads", "holds", "writer", "rows", "tables"}
NOTES = {"inbox", "last_runs", "model_states"}
AUDIT = {"read", "verify", "store", "feedback", "export", "tables"}
HARMLESS = {
    "LONGEST_TEXT", "SubjectPage", "SubjectSearch", "Sort", "CurrentRelease", "REASONS", "AuditFilter", "AuditPage",
    "Format", "AuditStore", "Kind", "LastRun", "LATE_AFTER_HOURS", "ModelState", "STALE_AFTER_DAYS",
}  # fmt: skip
"""What a page may know of these modules: types and constants."""
GATES = (
    "dashboard/cache.py", "dashboard/patients.py", "dashboard/release.py", "dashboard/soundness.py",
    "dashboard/access/audited.py", "dashboard/cohorts/read.py", "dashboard/pipeline/read.py",
)  # fmt: skip
BENCH = "dashboard/bench/"
"""Measures stores of simulated patients that it makes itself; no page knows it."""
WITHOUT_READING = {"arguments", "store_url", "is_public", "manifest_value"}
"""Public functions of the gates that read no store."""
ASKS = {"authorize", "sees"}


def _dashboard() -> Iterator[Path]:
    return (path for path in files() if name(path).startswith("dashboard/"))


def reached(path: Path) -> set[str]:
    """What a module takes from the modules that read or write a store."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            package, _, module = node.module.rpartition(".")
            if node.module == "meta_med.published":
                found |= {alias.name for alias in node.names if alias.name in STORES}
            elif node.module == "dashboard.audit":
                found |= {alias.name for alias in node.names if alias.name in AUDIT}
            elif (package, module) in {
                *(("meta_med.published", m) for m in STORES),
                *(("meta_med.published.notes", m) for m in NOTES),
                *(("dashboard.audit", m) for m in AUDIT),
            }:
                found |= {alias.name for alias in node.names} - HARMLESS
        elif isinstance(node, ast.Import):
            found |= {
                alias.name for alias in node.names if alias.name.startswith(("meta_med.", "dashboard.audit"))
            }
    return found


def test_only_the_gates_know_a_store() -> None:
    inside = {name(path) for path in _dashboard() if name(path).startswith("dashboard/audit/")}
    writes = {"dashboard/access/record.py"}
    knowing = {name(path) for path in _dashboard() if reached(path)} - inside
    assert {file for file in knowing if not file.startswith(BENCH)} == {*GATES, *writes}


def test_no_page_knows_the_bench() -> None:
    pages = [path for path in _dashboard() if not name(path).startswith(BENCH)]
    assert [name(path) for path in pages if "dashboard.bench" in path.read_text()] == []


def test_every_function_of_the_gates_asks_first() -> None:
    """The first thing that touches a store comes after `authorize`, or after a function that asks it."""
    for gate in GATES:
        functions = {node.name: node for node in tree(ROOT / gate).body if isinstance(node, ast.FunctionDef)}
        public = {
            n: node for n, node in functions.items() if not n.startswith("_") and n not in WITHOUT_READING
        }
        assert public
        silent = [f"{gate}:{n}" for n, node in public.items() if not ASKS & set(_called(node))]
        asked_elsewhere = {
            f"{gate}:{n}" for n, node in public.items() if {"may", "_readable"} & set(_called(node))
        }
        assert [where for where in silent if where not in asked_elsewhere] == []


def _called(node: ast.AST) -> list[str]:
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    return [
        f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)
    ]


def test_identity_is_read_in_one_place() -> None:
    """Roles come from verified claims: no other module looks at the user, the request or the address."""
    words = ("st.user", "st.context.headers", "st.context.cookies", "query_params", "st.login", "st.logout")
    found = {name(path) for path in _dashboard() if any(word in path.read_text() for word in words)}
    assert found == {"dashboard/access/entrance.py"}
