"""`meta-med store`: upgrade, back up and restore the published store and what belongs to it, and its roles."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.command.options import HomeOption, JsonOption
from orchestration.startup import require_home

if TYPE_CHECKING:
    from orchestration.workspace import Workspace

EXIT_CODES = (
    "Exit codes: 0 done; 2 the command is wrong; 5 store, home or backup cannot be used: nothing was changed."
)
app = typer.Typer(
    name="store",
    help="The published store: upgrade, backup, restore, roles. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, such as meta-med.tar.gz.")]


@app.command(epilog=EXIT_CODES)
def upgrade(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Give the store of an older Meta-Med today's tables; releases and journal stay. Makes the tables of a new store.

    A SQLite store is copied beside itself first. On PostgreSQL it needs the tables' owner.
    """
    workspace = _workspace(home)
    from meta_med.published.migrations.upgrade import upgrade as upgraded
    from orchestration.command.output.terminal import Terminal

    done = upgraded(workspace.store_url)
    text = f"The store has schema {done.after}, which this Meta-Med needs."
    if done.before is None:
        text = f"A store was made, with schema {done.after}."
    elif done.changed:
        kept = f" As it was: {done.copy}. Remove that copy when all is well." if done.copy else ""
        text = f"The store was upgraded from schema {done.before} to {done.after}.{kept}"
    content = {"before": done.before, "after": done.after, "copy": str(done.copy) if done.copy else None}
    Terminal(as_json=as_json).result(content, text)


@app.command(epilog=EXIT_CODES)
def backup(file: FileArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Back up store, model versions, quarantine and reports into one file, while runs may go on.

    Left out: run folders, which a run makes anew; deliveries, studies and contracts, which are yours. The file holds
    patients' data.
    """
    workspace = _workspace(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.maintenance.backup import back_up

    done = back_up(workspace, file)
    served = "".join(f" It serves release {release} of {study}." for study, release in done.served.items())
    size = file.stat().st_size
    text = f"{file}: {len(done.files):,} files, {size / 1e6:,.1f} MB.{served} It holds patients' data."
    content = {**asdict(done), "file": str(file), "size": size, "files": len(done.files)}
    Terminal(as_json=as_json).result(content, text)


@app.command(epilog=EXIT_CODES)
def restore(file: FileArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Put a backup into an empty home and an empty store, after every file was compared with its hash.

    A store of an older Meta-Med is upgraded on the way. SQLite and PostgreSQL can be restored from each other.
    """
    workspace = _workspace(home)
    from orchestration.command.output.terminal import Terminal
    from orchestration.maintenance.backup import restore as restored

    done = restored(workspace, file)
    text = f"Restored {len(done.files):,} files of {done.made_at} into {workspace.home}."
    served = [f"Release {release} of {study} is served." for study, release in done.served.items()]
    content = {**asdict(done), "home": str(workspace.home), "files": len(done.files)}
    Terminal(as_json=as_json).result(content, text, *served)


@app.command(epilog=EXIT_CODES)
def roles(
    apply: Annotated[bool, typer.Option("--apply", help="Run the SQL instead of printing it.")] = False,
    prefix: Annotated[str, typer.Option("--prefix", help="How the roles' names begin.")] = "meta_med",
    schema: Annotated[str, typer.Option("--schema", help="The schema that holds the tables.")] = "public",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print, or run, the SQL that makes a PostgreSQL store's roles: owner, pipeline, dashboard and audit.

    Grant them to your accounts: GRANT meta_med_dashboard TO account. Run it again after an upgrade.
    """
    from meta_med.published.administration.roles import PURPOSES, Roles
    from meta_med.published.administration.roles import apply as applied
    from orchestration.command.output.terminal import Terminal

    wanted, terminal = Roles(prefix, schema), Terminal(as_json=as_json)
    told = {f"{prefix}_{role}": purpose for role, purpose in PURPOSES.items()}
    if apply:
        applied(_workspace(home).store_url, wanted)
        terminal.result({"roles": told}, *(f"{name}: {purpose}" for name, purpose in told.items()))
        return
    statements = wanted.statements()
    notes = [f"-- {name}: {purpose}" for name, purpose in told.items()]
    sql = ["BEGIN;", *(f"{statement};" for statement in statements), "COMMIT;"]
    terminal.result({"roles": told, "statements": list(statements)}, *notes, *sql)


def _workspace(home: Path | None) -> "Workspace":
    require_home(home)
    from orchestration.workspace import open_workspace

    return open_workspace(home)
