"""Decisions of people about model versions, and what is known of each version: for `meta-med models`."""

import getpass
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from meta_med import run_files
from meta_med.model_version.sealed_folder import FILES, ModelDamaged, verify
from orchestration.errors import ModelError, StudyError
from orchestration.models.journal import CHAMPION, REMOVED, RETIRED, Entry, ModelJournal, Signature
from orchestration.models.versions import spec_of_version, version_folder
from orchestration.runs import model_results
from orchestration.workspace import Workspace
from orchestration.writable import cannot_write

POOLED, ALL = -1, "all"
SHORTEST = 4
"""Characters of a version's name that may stand for it."""


@dataclass(frozen=True)
class Version:
    """A model version with what is known of it.

    Attributes:
        latest: the journal's latest entry about it; trained_at: when it was recorded first.
        folder: of its files; manifest: of the sealed folder, empty where it is damaged; damage: what is wrong with it.

    """

    latest: Entry
    trained_at: str
    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=dict)
    damage: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """As JSON-able values, without evidence."""
        last, facts = self.latest, {k: v for k, v in self.manifest.items() if k != FILES}
        return {
            "study": last.study,
            "version": last.version,
            "state": last.state,
            "since": last.at,
            "by": last.who,
            "why": last.why,
            "trained_at": self.trained_at,
            "bytes": sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file()),
            "damage": self.damage,
            "facts": facts,
        }


def versions(workspace: Workspace, study: str | None = None) -> list[Version]:
    """The versions of a study or of all, in the order of their training; every file is compared with its hash."""
    entries = ModelJournal(workspace.models).entries(study)
    first = {(e.study, e.version): e.at for e in reversed(entries)}
    latest = {(e.study, e.version): e for e in entries}
    return [_known(workspace, latest[key], at) for key, at in reversed(first.items())]


def _known(workspace: Workspace, latest: Entry, trained_at: str) -> Version:
    folder = version_folder(workspace, latest.study, latest.version)
    if latest.state == REMOVED:
        return Version(latest, trained_at, folder)
    try:
        return Version(latest, trained_at, folder, verify(folder))
    except ModelDamaged as error:
        return Version(latest, trained_at, folder, damage=str(error))
    except OSError as error:
        return Version(latest, trained_at, folder, damage=str(cannot_write(folder, error)))


def find(workspace: Workspace, name: str, study: str | None = None) -> Version:
    """The version of this name, or of the only name that begins so.

    Raises:
        StudyError: there is none, or there are several.

    """
    journal = ModelJournal(workspace.models)
    known = [key for key in journal.latest(study) if key[1].startswith(name)]
    if len(known) != 1 or len(name) < SHORTEST:
        found = f"{len(known)} begin so" if known else "there is none"
        raise StudyError(
            f'Model version "{name}": {found}. Give at least {SHORTEST} characters of one that `meta-med models list` '
            "shows, and --study where two studies have it."
        )
    return next(v for v in versions(workspace, known[0][0]) if v.latest.version == known[0][1])


def promote(workspace: Workspace, version: Version, who: str, why: str) -> None:
    """Make a version the champion by hand.

    Raises:
        StudyError: it is the champion, or the signature is incomplete.
        ModelError: a file is damaged, or it must not be published: a leakage check is violated.

    """
    if version.latest.state == CHAMPION:
        raise StudyError(f"Model version {version.latest.version} is the champion already.")
    require_files(version)
    if (refused := model_results.refusal(version.folder, spec_of_version(version.folder))) is not None:
        raise ModelError(f"It cannot be promoted by hand either. {refused}")
    _record(workspace, version, CHAMPION, who, why)


def require_files(version: Version) -> None:
    """Check that the files of a version are there and sound.

    Raises:
        ModelError: they were removed, or are damaged.

    """
    last = version.latest
    if last.state == REMOVED:
        raise ModelError(
            f"E_MODEL_REMOVED: the files of model version {last.version} were removed on {last.at} by {last.who}. Its "
            "entries in the journal stay. The same training writes it again (meta-med run --train), or a backup has it."
        )
    if version.damage:
        raise ModelError(version.damage)


def retire(workspace: Workspace, version: Version, who: str, why: str) -> None:
    """Take a version out of use by hand; where it is the champion, nights end with E_NO_MODEL until there is another.

    Raises:
        StudyError: it is retired already, or the signature is incomplete.

    """
    if version.latest.state == REMOVED:
        raise StudyError(f"Model version {version.latest.version} was removed on {version.latest.at}.")
    if version.latest.state == RETIRED and version.latest.by_a_person:
        raise StudyError(f"Model version {version.latest.version} is retired already.")
    _record(workspace, version, RETIRED, who, why)


def _record(workspace: Workspace, version: Version, state: Any, who: str, why: str) -> None:
    if not who.strip() or not why.strip():
        raise StudyError("--by and --why are both needed: they are written to the journal.")
    signed = Signature(who.strip(), why.strip(), getpass.getuser(), workspace.now())
    ModelJournal(workspace.models).record(version.latest.study, version.latest.version, state, signed)


def history(workspace: Workspace, version: Version) -> list[dict[str, Any]]:
    """All entries about a version, oldest first, with their evidence."""
    found = ModelJournal(workspace.models).entries(version.latest.study, version.latest.version)
    return [asdict(entry) for entry in found]


def pooled_scores(version: Version) -> pd.DataFrame:
    """Outcome, metric, unit -> value with its interval: what the version serves, on its own held-out patients."""
    table = pd.read_parquet(version.folder / run_files.EVALUATION)
    size = POOLED if (table["support_size"] == POOLED).any() else 0
    own = table[(table["predictor"] == CHAMPION) & (table["cohort"] == ALL) & (table["support_size"] == size)]
    return own.set_index(["outcome", "metric", "unit"])[["value", "ci_low", "ci_high", "n_patients"]]


COMPARED = (
    "study_sha256",
    "contract_sha256",
    "contract_version",
    "data_sha256",
    "science",
    "code",
    "seed",
    "counts",
)
"""Facts that `diff` compares."""


def differences(one: Version, other: Version) -> dict[str, Any]:
    """What two versions differ in: facts of their origin, files, and scores on their own held-out patients."""
    facts = {
        name: [one.manifest.get(name), other.manifest.get(name)]
        for name in COMPARED
        if one.manifest.get(name) != other.manifest.get(name)
    }
    files = [dict(v.manifest.get(FILES, {})) for v in (one, other)]
    changed = sorted(n for n in {*files[0], *files[1]} if files[0].get(n) != files[1].get(n))
    scores = pooled_scores(one).join(pooled_scores(other), how="inner", lsuffix="_one", rsuffix="_other")
    shown = scores.reset_index()[["outcome", "metric", "unit", "value_one", "value_other"]]
    return {"facts": facts, "files": changed, "scores": shown.to_dict("records")}
