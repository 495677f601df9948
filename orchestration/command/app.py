"""The entry point of the command: its subcommands, help, and the handling of errors."""

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import typer

from orchestration.boundary import expected_errors
from orchestration.command.access.audit import app as audit
from orchestration.command.access.dashboard import dashboard
from orchestration.command.access.feedback import app as feedback
from orchestration.command.bench import bench
from orchestration.command.contract import app as contract
from orchestration.command.convert import convert
from orchestration.command.evaluate import evaluate
from orchestration.command.maintenance.prune import prune
from orchestration.command.maintenance.store import app as store
from orchestration.command.models import app as models
from orchestration.command.operate.deploy import deploy
from orchestration.command.operate.lineage import lineage
from orchestration.command.operate.metrics import metrics
from orchestration.command.operate.up import up
from orchestration.command.options import EXIT_CODES
from orchestration.command.pretrain import pretrain
from orchestration.command.quarantine import app as quarantine
from orchestration.command.run import predict, publish, run
from orchestration.command.served import rollback, status
from orchestration.command.study import app as study
from orchestration.command.validate import validate
from orchestration.errors import INTERRUPTED, InterruptedRunError, MetaMedError
from orchestration.monitoring.event_log import json_is_asked_for, tell
from orchestration.startup import configure_libraries, silence_library_logs, withhold_library_texts
from orchestration.writable import cannot_write

app = typer.Typer(
    name="meta-med",
    help="Predictions that adapt to one patient from a few of their own records. " + EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its help costs 0.2 s
)
for _command in (
    run,
    validate,
    convert,
    evaluate,
    predict,
    publish,
    rollback,
    status,
    prune,
    bench,
    pretrain,
    dashboard,
    up,
    metrics,
    lineage,
    deploy,
):
    app.command(epilog=EXIT_CODES)(_command)
app.add_typer(contract)
app.add_typer(study)
app.add_typer(quarantine)
app.add_typer(models)
app.add_typer(store)
app.add_typer(audit)
app.add_typer(feedback)


def main() -> None:
    """Entry point of `meta-med`."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:  # ignored under nohup
            signal.signal(number, _interrupt)
    configure_libraries()
    silence_library_logs()
    withhold_library_texts()
    raise SystemExit(_flushed(exit_code_of(app, as_json="--json" in sys.argv)))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End as after Ctrl-C; while a stage is at work, its own handlers end worker processes before."""
    raise KeyboardInterrupt


def exit_code_of(command: Callable[[], object], *, as_json: bool) -> int:
    """Run the command and return its exit code; an expected error is shown as one paragraph."""
    try:
        with expected_errors():
            command()
    except MetaMedError as error:
        show(error, as_json=as_json)
        return error.exit_code
    except KeyboardInterrupt:
        return _told_as_interrupted(as_json=as_json)
    except SystemExit as ended:
        if ended.code == InterruptedRunError.exit_code:  # what Typer makes of Ctrl-C, without a word
            return _told_as_interrupted(as_json=as_json)
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _told_as_interrupted(*, as_json: bool) -> int:
    error = InterruptedRunError(INTERRUPTED)
    show(error, as_json=as_json)
    return error.exit_code


def show(error: MetaMedError, *, as_json: bool) -> None:
    """Show the error: as text on stderr, or as JSON on stdout."""
    if as_json:
        content = {
            "error": {
                "family": error.family,
                "code": error.code,
                "exit_code": error.exit_code,
                "message": str(error),
            }
        }
        with suppress(OSError):
            sys.stdout.write(json.dumps(content, indent=1) + "\n")
            sys.stdout.flush()
            return
        # stdout cannot be written: try stderr
    if json_is_asked_for():
        facts = {"family": error.family, "code": error.code, "exit_code": error.exit_code}
        tell("failed", str(error), **facts)
        return
    with suppress(OSError):
        sys.stderr.write(f"meta-med: {error.told}\n")


def _flushed(code: int) -> int:
    """The exit code after stdout is flushed: a result that cannot be written is a failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has closed the pipe
        _drop_stdout()
    except OSError as error:
        _drop_stdout()
        failure = cannot_write("the file that stdout leads to", error)
        show(failure, as_json=False)
        return code or failure.exit_code
    return code


def _drop_stdout() -> None:
    """Redirect stdout, so that the interpreter does not try to flush it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
