"""A dashboard behind log-in: an OIDC provider and the dashboard on loopback, people who log in with Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.dashboard.access.access_files import PEOPLE, with_oidc
from tests.dashboard.access.oidc_server import CLIENT, CLIENT_SECRET, provider
from tests.dashboard.running_dashboard import free_port, served


@dataclass
class Site:
    """A running site.

    Attributes:
        open_page: opens a path in a new browser context.
        home: the folder of its audit.

    """

    open_page: Any
    home: Path

    def logged_in(self, person: str, path: str = "", **context: Any) -> Any:
        """A page after the person has logged in at the provider."""
        page = self.open_page(path, **context)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name=person).click()
        page.get_by_text("Logged in as").first.wait_for()
        return page


@contextmanager
def site(store: str, folder: Path, *, lifetime: float = 3600, **access: Any) -> Iterator[Site]:
    """The dashboard over this store with log-in; `access` changes the access file."""
    port = free_port()
    with provider(PEOPLE, lifetime=lifetime) as known:
        secrets = folder / "secrets.toml"
        secrets.write_text(
            "[auth]\n"
            f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{"0123456789abcdef" * 2}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{CLIENT_SECRET}"\n'
            f'server_metadata_url = "{known.address}/.well-known/openid-configuration"\n'
        )
        secrets.chmod(0o600)
        access_file = with_oidc(folder, **access)
        with served(store, port=port, home=folder, access=access_file, secrets=secrets) as opened:
            yield Site(opened, folder)


def name_patient(page: Any, name: str, label: str = "Patient id") -> None:
    """Types a patient's name into the box of the page Patient, whose label the worklist's search only begins with."""
    box = page.get_by_label(label, exact=True)
    box.fill(name)
    box.press("Enter")
