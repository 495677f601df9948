"""The command that starts the dashboard: on loopback, without usage statistics or error details."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

APP = Path(__file__).with_name("app.py")
LOOPBACK = "127.0.0.1"
OPTIONS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.disableDataExport": "true",
    "client.toolbarMode": "minimal",
    "theme.base": "light",
    "theme.primaryColor": "#0b4f6c",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f3f6f8",
    "theme.textColor": "#1c2b33",
    "theme.borderColor": "#dbe3e8",
    "theme.baseRadius": "0.5rem",
    "theme.metricValueFontSize": "1.5rem",
    "theme.headingFontSizes": '["1.9rem", "1.4rem", "1.2rem", "1.1rem", "1rem", "1rem"]',
    "theme.paddingTop": "2.5rem",
    "theme.paddingBottom": "2rem",
}


def command(store_url: str, *, port: int = 8501, demo: bool = False, address: str = LOOPBACK) -> list[str]:
    """The command line that serves the store's releases.

    Args:
        store_url: SQLAlchemy URL. One with a password is left out, because other users can read command lines: set
            META_MED_STORE instead, which the started process inherits.
        port: to listen on.
        demo: marks the pages as a demonstration.
        address: to listen on.

    Returns:
        Program and arguments.

    """
    flags = [f"--{name}={value}" for name, value in OPTIONS.items()]
    place = [f"--server.port={port}", f"--server.address={address}"]
    store = [] if urlsplit(store_url).password else ["--store", store_url]
    arguments = [*store, *(["--demo"] if demo else [])]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *place, *flags, "--", *arguments]
