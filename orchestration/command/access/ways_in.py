"""How people come to the dashboard: by log-in, or in one of two stated ways without it; never by omission."""

from pathlib import Path
from typing import Annotated

import typer

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DemoOption = Annotated[
    bool,
    typer.Option(
        "--demo", help="Bundled public data, no log-in; runs study pbc first if nothing is published."
    ),
]
SingleUserOption = Annotated[
    bool,
    typer.Option("--single-user", help="No log-in: everyone who can use this account sees all patients."),
]
AccessOption = Annotated[
    Path | None, typer.Option("--access", help="The access file: how people log in, and who has which role.")
]


def require_one_way(
    access: Path | None, address: str = LOOPBACK[0], *, single_user: bool, demo: bool
) -> None:
    """Exactly one way of access, and no open door on a network.

    Raises:
        StudyError: none or several ways are given, or one without log-in on another address than loopback.

    """
    from orchestration.errors import StudyError

    if (access is not None) + single_user + demo != 1:
        raise StudyError(
            "E_NO_LOG_IN: the dashboard shows data of patients, so say who may see them: "
            "--access FILE for log-in and roles (docs/operations.md shows one), --single-user for the one user of this "
            "machine, or --demo for bundled public data. Nothing was started."
        )
    if access is None and address not in LOOPBACK:
        raise StudyError(
            f"E_NO_LOG_IN: without log-in it listens on loopback only, not on {address}. Give --access FILE, "
            "or leave --address out. Nothing was started."
        )


def checked_access(path: Path) -> Path | None:
    """Streamlit's secrets file of an access file that is right; None where a proxy knows people.

    Raises:
        StudyError: the file cannot be read, or it or what it names is wrong.

    """
    from dashboard.access.file import AccessFileError, read_access_file
    from dashboard.access.secret_files import mistakes_of
    from orchestration.errors import StudyError

    try:
        found = read_access_file(path)
    except AccessFileError as error:
        raise StudyError(f"E_ACCESS_FILE: {error}") from None
    if mistakes := mistakes_of(found):
        raise StudyError([f"E_ACCESS_FILE: {mistake}" for mistake in mistakes])
    return None if found.secrets is None else found.secrets.absolute()
