"""`meta-med bench speed`: the page of measured speed, ratios within one run on one thread.

Tests assert only that the reference loop gives the same numbers.
"""

import platform
from collections.abc import Callable
from pathlib import Path

import torch

from meta_med.bench.measure import section
from meta_med.bench.meta_training import beside_rows, maml_rows, share_row
from meta_med.bench.ranks import rank_rows
from meta_med.bench.serving import gather_row, hierarchical_row, mixed_rows, serving_rows

Say = Callable[[str], None]


def run(out: Path, *, quick: bool = False, say: Say = lambda _: None) -> str:
    """Measure everything, write the page to `out` and return it.

    Args:
        out: the page's file.
        quick: small sizes, for a first look.
        say: is called with what is being measured.

    """
    torch.set_num_threads(1)
    text = _head(quick) + _sections("cpu", quick, say)
    say("cpu: two processes")
    text += section("Training by two processes", RANKS, rank_rows(quick))
    if torch.cuda.is_available():
        text += f"\n# The same on {torch.cuda.get_device_name()}\n" + _sections("cuda", quick, say)
    else:
        text += "\nNo GPU was available; the device-agnostic tests cover that path.\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text)
    return text


def _head(quick: bool) -> str:
    small = " **Small sizes (`--quick`): a first look, not the measurement.**" if quick else ""
    return (
        f"# Speed\n\nWritten by `make bench` on {platform.machine()}, one thread, torch {torch.__version__}. "
        "Rates are per CPU second (real seconds on a GPU). Machines differ and are noisy: each ratio comes from one "
        f"run in which both sides were interleaved; read those first.{small}\n"
    )


def _sections(device: str, quick: bool, say: Say) -> str:
    say(f"{device}: meta-training")
    training = [*maml_rows(quick, device), share_row(quick, device)]
    say(f"{device}: every learner")
    beside = beside_rows(quick, device)
    say(f"{device}: serving")
    serving = serving_rows(quick, device)
    say(f"{device}: tables")
    fitted = [*mixed_rows(quick), hierarchical_row(quick)] if device == "cpu" else []
    tables = [gather_row(quick, device), *fitted]
    return (
        section("Meta-training", TRAINING, training)
        + section("Every learner", BESIDE, beside)
        + section("Adaptation and prediction", SERVING, serving)
        + section("Tables", TABLES, tables)
    )


TRAINING = (
    "Loss and meta-gradient of one step: perceptron 20-H-H-1, 5 support and 10 query records per task, K inner "
    "steps. The loop goes from task to task with explicit fast weights (as learn2learn does) and gives the same "
    "loss and meta-gradient, checked before it is timed. Share of the matrix-product rate: the operations of the "
    "products which the dual form needs (2 m k n forward, and again for each factor that needs a gradient; "
    "elementwise work counts nothing) over those of a large `torch.mm` in the same run."
)
BESIDE = "Loss and meta-gradient of one step of each learner, compared with second-order MAML's loop at K = 1, H = 64."
SERVING = (
    "Patients with 5 own records each, mean and 90 % interval of one query record, in chunks of 2,048. Memory is "
    "the largest resident size of a fresh process (torch and the records included)."
)
RANKS = (
    "Meta-training by two processes of `torchrun`, each adapting to half of every batch; drawing batches and the "
    "optimizer's step are not divided. Rate and ratio are of the CPU seconds of the busier process; waiting for "
    "the other is in the seconds by the clock, which mean something on a machine with two idle cores only."
)
TABLES = "From a table of records to tensors, and the random-effects models that are baselines."
