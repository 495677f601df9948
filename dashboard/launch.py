"""How the dashboard is started: `subprocess.run(command(8501), env={**os.environ, **environment(url)})`."""

import sys
from pathlib import Path

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


def command(port: int = 8501, address: str = LOOPBACK) -> list[str]:
    """The command line. The store's URL is not on it: it may hold a password that others would see."""
    flags = [f"--{name}={value}" for name, value in OPTIONS.items()]
    place = [f"--server.port={port}", f"--server.address={address}"]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *place, *flags]


def environment(store_url: str, study: str | None = None) -> dict[str, str]:
    """What the command needs in its environment beside the present one."""
    named = {"META_MED_STUDY": study} if study else {}
    return {"META_MED_STORE": store_url, **named}
