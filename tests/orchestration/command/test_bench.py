"""`meta-med bench dashboard` says what is missing, with a code, before anything is published."""

import sys
from pathlib import Path

import pytest

from orchestration.command.app import app, exit_code_of


@pytest.mark.parametrize(
    ("words", "code"), [(["--store", "oracle"], "E_BENCH_STORE"), (["--quick"], "E_BENCH_PLAYWRIGHT")]
)
def test_what_is_missing_is_named(
    words: list[str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    page = tmp_path / "page.md"
    assert exit_code_of(lambda: app(["bench", "dashboard", "--out", str(page), *words]), as_json=False) == 2
    assert code in capfd.readouterr().err
    assert not page.exists()
