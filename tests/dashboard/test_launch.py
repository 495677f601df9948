"""How the dashboard is started, and what it never loads or allows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import dashboard
from dashboard import launch, release

FOLDER = Path(dashboard.__file__).parent
SOURCES = [path.read_text() for path in FOLDER.rglob("*.py") if path.parent.name != "bench"]


@pytest.mark.access_case("S14")
def test_the_command_binds_to_loopback_and_keeps_quiet() -> None:
    line = launch.command("sqlite:////x/published.sqlite", port=8777, demo=True, public=["ab", "cd"])
    for flag in (
        "--server.address=127.0.0.1", "--server.port=8777", "--server.headless=true",
        "--browser.gatherUsageStats=false", "--client.showErrorDetails=none", "--client.disableDataExport=true",
        "--client.toolbarMode=minimal", "--server.enableAgentApi=false",
    ):  # fmt: skip
        assert flag in line
    assert line[-6:] == ["--", "--store", "sqlite:////x/published.sqlite", "--demo", "--public", "ab,cd"]


def test_without_log_in_only_this_machines_own_names_are_answered() -> None:
    """Else a foreign page whose name leads to this machine could read what needs no log-in."""
    own = [f"--server.allowedHosts={name}" for name in ("127.0.0.1", "localhost", "::1")]
    for mode in ({"single_user": True}, {"demo": True}):
        assert [flag for flag in launch.command("sqlite:///a", **mode) if "Hosts" in flag] == own
    assert not any("Hosts" in flag for flag in launch.command("sqlite:///a", access=Path("/e/access.yaml")))


def test_a_way_of_access_is_handed_on_and_none_is_made_up() -> None:
    assert "--single-user" in launch.command("sqlite:///a", single_user=True)
    line = launch.command("sqlite:///a", access=Path("/e/access.yaml"), secrets=Path("/e/secrets.toml"))
    assert line[-2:] == ["--access", "/e/access.yaml"]
    assert "--secrets.files=/e/secrets.toml" in line
    assert not {"--single-user", "--demo", "--access"} & set(launch.command("sqlite:///a"))


@pytest.mark.access_case("S28")
def test_a_password_never_stands_on_the_command_line() -> None:
    assert "secret" not in " ".join(launch.command("postgresql+psycopg2://u:secret@h/d"))


def test_the_store_is_named_by_argument_then_environment_then_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["app.py", "--store", "sqlite:///a", "--demo"])
    monkeypatch.setenv("META_MED_STORE", "sqlite:///b")
    assert release.store_url() == "sqlite:///a"
    assert release.arguments().demo
    monkeypatch.setattr(sys, "argv", ["app.py", "--else"])
    assert release.store_url() == "sqlite:///b"
    monkeypatch.delenv("META_MED_STORE")
    monkeypatch.setenv("META_MED_HOME", "/h")
    assert release.store_url() == "sqlite:////h/published.sqlite"


def test_importing_every_page_loads_no_science() -> None:
    names = [".".join(p.relative_to(FOLDER.parent).with_suffix("").parts) for p in FOLDER.rglob("*.py")]
    script = f"import importlib, sys\nfor n in {names!r}: importlib.import_module(n)\n" + (
        "print([m for m in ('torch', 'sklearn', 'dagster', 'great_expectations') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_published_store_is_imported_of_the_other_packages() -> None:
    imported = {
        name
        for source in SOURCES
        for name in re.findall(
            r"^\s*(?:from|import) ((?:meta_med|data_contracts|orchestration)[\w.]*)", source, re.M
        )
    }
    assert imported
    assert all(name.startswith("meta_med.published") for name in imported)


def test_the_only_markup_is_the_style_sheet_of_the_package() -> None:
    used = [call for source in SOURCES for call in re.findall(r"st\.html\(.*?\)", source)]
    assert used == ["st.html(STYLE)"]
    sheet = (FOLDER / "static" / "pages.css").read_text()
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.access_case("S08")
def test_no_raw_markup_and_no_foreign_address() -> None:
    assert not any(
        word in source for source in SOURCES for word in ("unsafe_allow_html", "components.html", "st.iframe")
    )
    assert not any("http://" in source or "https://" in source for source in SOURCES)
    assert not any("query_params" in source for source in SOURCES)


def test_charts_know_no_streamlit() -> None:
    assert not any("streamlit" in path.read_text() for path in (FOLDER / "charts").glob("*.py"))
