"""`meta-med dashboard`: serve the releases, to whom log-in and roles allow; without log-in only in two stated ways."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.access.ways_in import (
    LOOPBACK,
    AccessOption,
    DemoOption,
    SingleUserOption,
    checked_access,
    require_one_way,
)
from orchestration.command.options import HomeOption
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.workspace import Workspace

DEMO_STUDY = "pbc"
CheckOption = Annotated[
    bool, typer.Option("--check", help="Check the access file and what it names, and start nothing.")
]
PortOption = Annotated[int, typer.Option("--port", help="Port to listen on.")]
AddressOption = Annotated[
    str, typer.Option("--address", help="Address to listen on; another than loopback needs --access.")
]


def dashboard(
    access: AccessOption = None,
    single_user: SingleUserOption = False,
    demo: DemoOption = False,
    check: CheckOption = False,
    home: HomeOption = None,
    port: PortOption = 8501,
    address: AddressOption = LOOPBACK[0],
) -> None:
    """Serve the dashboard until it is stopped (Ctrl-C), with log-in by --access FILE.

    Without log-in only on loopback: --single-user, or --demo for bundled public data.
    """
    require_home(home)
    require_one_way(access, address, single_user=single_user, demo=demo)
    secrets = None if access is None else checked_access(access)
    if check:
        sys.stdout.write("The access file is right.\n")
        return
    from dashboard import launch
    from dashboard.audit.store import store_of_home
    from meta_med.published import engine
    from orchestration.workspace import open_workspace

    workspace = open_workspace(home)
    engine.check(workspace.store_url, writes=False)
    store_of_home(workspace.home).keys()  # refuses now what would withhold every page
    public = _public_data(workspace) if demo else ()
    command = launch.command(
        workspace.store_url, port=port, demo=demo, public=public, single_user=single_user,
        access=None if access is None else access.absolute(), secrets=secrets, address=address,
    )  # fmt: skip
    sys.stdout.flush()
    # Streamlit takes the place of this process, so that a signal to end it reaches the server itself. The URL may hold
    # a password, so it is passed in the environment; the command runs without a shell.
    own = {"META_MED_STORE": workspace.store_url, "META_MED_HOME": str(workspace.home)}
    os.execve(command[0], command, {**os.environ, **own})  # noqa: S606


def _public_data(workspace: "Workspace") -> tuple[str, ...]:
    """Hashes of the bundled public files; a first release is made of them where nothing is published.

    Raises:
        StudyError: a release in the store was made of other data.

    """
    from dashboard.release import is_public
    from data_contracts.bundled.tables import bundled, bundled_tables
    from meta_med.published import reader
    from orchestration.errors import StudyError
    from orchestration.runs.run_folder import sha256_of

    public = {sha256_of(bundled(name)) for name in bundled_tables()}
    if not reader.studies(workspace.store_url):
        from orchestration.command.run import run

        run(DEMO_STUDY, workspace.home)
    heads = {study: reader.head(workspace.store_url, study) for study in reader.studies(workspace.store_url)}
    own = [
        study for study, head in heads.items() if head is not None and not is_public(head.manifest, public)
    ]
    if own:
        raise StudyError(
            f"E_NOT_PUBLIC: --demo shows bundled public data without log-in, and this store holds other data: "
            f"{', '.join(own)}. Use another home for the demonstration (--home), --single-user, or --access FILE."
        )
    return tuple(sorted(public))
