"""Meta-training by several processes: `torchrun ... -m orchestration.services.train_ranks --study S --home DIR`.

The first process prepares the run folder as `meta-med run` does; all train the learners together, and leave them where
the next `meta-med run --train` finds them: it fits the rest, and goes on with calibration. Machines share the home.
"""

import argparse
from datetime import timedelta
from pathlib import Path

import torch
import torch.distributed as dist

from orchestration.boundary import expected_errors
from orchestration.command.app import exit_code_of
from orchestration.monitoring.event_log import tell
from orchestration.startup import (
    configure_libraries,
    limit_threads,
    silence_library_logs,
    withhold_library_texts,
)
from orchestration.study.load import load
from orchestration.workspace import open_workspace

PATIENCE = timedelta(hours=6)
"""How long the others wait for the first process, which prepares the records."""


def train(study: str, home: Path | None) -> None:
    """Train the learners of a study that are not trained yet, with all processes that call this."""
    from meta_med import run_files
    from meta_med.episodes.prepared import prepared
    from meta_med.meta_train.fit import fit_learners_together
    from meta_med.meta_train.ranks import Ranks

    ranks, loaded = Ranks.of_environment(), load(study)
    limit_threads()
    dist.init_process_group("gloo", timeout=PATIENCE)
    try:
        with expected_errors():
            folder = _folder(ranks.writes, study, home)
            done = fit_learners_together(prepared(folder, loaded.spec), folder / run_files.MODELS, ranks)
            dist.barrier()
        if ranks.writes:
            text = f"{len(done)} fits trained by {ranks.of} processes; go on with: meta-med run --study {study} --train"
            tell("trained", text, study=loaded.name, fits=done, processes=ranks.of, fingerprint=folder.name)
    finally:
        dist.destroy_process_group()


def _folder(prepares: bool, study: str, home: Path | None) -> Path:
    """The run folder with the records: the first process makes it, and tells the others."""
    path = b""
    if prepares:
        from orchestration.execution import run_graph

        loaded = load(study)
        workspace = open_workspace(home, studies=[loaded])
        path = str(run_graph(loaded, workspace, last="episodes").folder.path).encode()
    size = torch.tensor([len(path)])
    dist.broadcast(size, 0)
    text = (
        torch.tensor(list(path), dtype=torch.uint8) if prepares else torch.zeros(int(size), dtype=torch.uint8)
    )
    dist.broadcast(text, 0)
    return Path(bytes(text.tolist()).decode())


def main() -> None:
    """The entry point for `torchrun`."""
    configure_libraries()
    silence_library_logs()
    withhold_library_texts()
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--study", required=True)
    words.add_argument("--home", type=Path)
    given = words.parse_args()
    raise SystemExit(exit_code_of(lambda: train(given.study, given.home), as_json=False))


if __name__ == "__main__":
    main()
