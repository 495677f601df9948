"""The command that starts the dashboard: on loopback, without usage statistics or error details."""

import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.colours import THEMES, Palette

APP = Path(__file__).with_name("app.py")
LOOPBACK = "127.0.0.1"
OWN_HOSTS = (LOOPBACK, "localhost", "::1")
"""Without log-in: a page of a foreign site, whose name is made to lead to this machine, asks by that name."""
OPTIONS = {
    "server.headless": "true",
    "server.enableAgentApi": "false",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    # a full collection after each run of a page is two thirds of its work; Python collects by itself
    "runner.postScriptGC": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.disableDataExport": "true",
    "client.toolbarMode": "minimal",
    "theme.baseRadius": "0.5rem",
    "theme.metricValueFontSize": "1.5rem",
    "theme.headingFontSizes": '["1.9rem", "1.4rem", "1.2rem", "1.1rem", "1rem", "1rem"]',
    "theme.paddingTop": "2.5rem",
    "theme.paddingBottom": "2rem",
}


def theme_options() -> dict[str, str]:
    """The options of both themes; without a base, the page follows the browser."""
    return {
        f"theme.{name}.{option}": colour
        for name, palette in THEMES.items()
        for option, colour in _colours_of(palette).items()
    }


def _colours_of(palette: Palette) -> dict[str, str]:
    named = {
        "primaryColor": palette.primary,
        "backgroundColor": palette.background,
        "secondaryBackgroundColor": palette.surface,
        "textColor": palette.text,
        "linkColor": palette.primary,
        "borderColor": palette.border,
        "codeTextColor": palette.text,
        "codeBackgroundColor": palette.surface,
    }
    for name, tone in palette.tones.items():
        named |= {
            f"{name}Color": tone.main,
            f"{name}TextColor": tone.text,
            f"{name}BackgroundColor": tone.background,
        }
    return named


def command(
    store_url: str,
    *,
    port: int = 8501,
    demo: bool = False,
    public: Iterable[str] = (),
    single_user: bool = False,
    access: Path | None = None,
    secrets: Path | None = None,
    address: str = LOOPBACK,
) -> list[str]:
    """The command line that serves the store's releases.

    Without `demo`, `single_user` or `access` the pages show nothing but how to start them.

    Args:
        store_url: SQLAlchemy URL. One with a password is left out, because other users can read command lines: set
            META_MED_STORE instead, which the started process inherits.
        port: to listen on.
        demo: shows only releases of public data, without log-in.
        public: SHA-256 of each file of public data.
        single_user: shows everything to the one user of this machine, without log-in.
        access: the access file.
        secrets: Streamlit's secrets file, of an access file with OIDC.
        address: to listen on.

    Returns:
        Program and arguments.

    """
    flags = [f"--{name}={value}" for name, value in {**OPTIONS, **theme_options()}.items()]
    place = [f"--server.port={port}", f"--server.address={address}"]
    if secrets is not None:
        place.append(f"--secrets.files={secrets}")
    if access is None:
        place += [f"--server.allowedHosts={name}" for name in OWN_HOSTS]
    store = [] if urlsplit(store_url).password else ["--store", store_url]
    modes = [
        *(["--demo", "--public", ",".join(public)] if demo else []),
        *(["--single-user"] if single_user else []),
        *(["--access", str(access)] if access is not None else []),
    ]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *place, *flags, "--", *store, *modes]
