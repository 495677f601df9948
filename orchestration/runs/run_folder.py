"""The folder of a delivery: its name, its inputs, the output of each stage, and which stages are done.

Two ways lead through it. Training (`TRAINING`) ends in a model version. A night (`NIGHTLY`) ends in a release; its
files are in the folder `night`, so that both may work in one folder at once.

Its name is a hash of everything that the result depends on: the same name means the same result. A stage is done when
its marker exists, the files that the marker lists are unchanged, and every earlier stage is done. The marker is written
last and by rename, so that an interrupted stage, or one whose files were damaged, is run again.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from data_contracts.atomic_write import write_text
from meta_med import run_files

SCIENCE = ("meta_med", "data_contracts")
EVERYTHING = (*SCIENCE, "orchestration")
NO_CODE = frozenset(
    {
        "bundled",
        "contracts",
        "bench",
        "command",
        "results",
        "studies",
        "services",
        "monitoring",
        "deploy",
        "lineage",
    }
)
"""Left out of the code's hash: inputs that are hashed separately (tables, contracts, studies), and code that only shows
results or runs beside them."""
LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "torch", "pyarrow", "great-expectations")
LENGTH = 16
AFTER_SCORES = frozenset({"evaluate", "serving", "bench", "published"})
"""Packages of meta_med on which no cross-fitted score depends."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes; of a folder, that of its files' names and hashes."""
    if path.is_dir():
        listed = "".join(f"{sha256_of(part)}  {part.name}\n" for part in sorted(path.iterdir()))
        return hashlib.sha256(listed.encode()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def code_version(without: frozenset[str] = frozenset(), packages: tuple[str, ...] = EVERYTHING) -> str:
    """Hash of the packages' files (source and weights) and of the versions of Python and libraries.

    `without`: modules and packages that are left out.
    """
    digest = hashlib.sha256()
    for package in packages:
        root = Path(str(files(package)))
        for path in _files_of(root, without | NO_CODE):
            digest.update(f"{package}/{path.relative_to(root)}".encode())
            digest.update(path.read_bytes())
    digest.update(f"python=={sys.version_info.major}.{sys.version_info.minor}".encode())
    for library in LIBRARIES:
        # "+cpu" and the like denote a build, not a version
        digest.update(f"{library}=={version(library).split('+')[0]}".encode())
    return digest.hexdigest()[:LENGTH]


def plug_in_code(facts: Mapping[str, Any]) -> dict[str, str]:
    """Plug-in -> hash of its code, for each learner and baseline of another distribution that the run uses."""
    return {f"{found['kind']} {found['name']}": found["sha256"] for found in facts.get("plug_ins", [])}


def _files_of(root: Path, without: frozenset[str]) -> list[Path]:
    """Every file of a package, including weights and other data files."""
    found = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [p for p in found if p.relative_to(root).parts[0].removesuffix(".py") not in without]


def fingerprint(data: Mapping[str, str], contract: str, study: str, code: str) -> str:
    """The run's name from the hashes of its inputs."""
    content = {"data": dict(data), "contract": contract, "study": study, "code": code}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:LENGTH]


GATE = ("ingest", "validate")
TRAINING = (*GATE, "cohorts", "episodes", "meta_train", "calibrate", "evaluate", "promote")
NIGHTLY = (*GATE, "adapt", "predict", "publish")
OF_THE_NIGHT = NIGHTLY[len(GATE) :]
STAGES = (*TRAINING, *OF_THE_NIGHT)
ADAPT, PREDICT = OF_THE_NIGHT[:2]


def previous_stage(stage: str) -> str | None:
    """The stage before this one; None for the first."""
    way = stages_up_to(stage)
    return way[-2] if len(way) > 1 else None


def stages_up_to(stage: str) -> tuple[str, ...]:
    """The stages from the first to this one, of training or of a night."""
    way = NIGHTLY if stage in OF_THE_NIGHT else TRAINING
    return way[: way.index(stage) + 1]


MARKER_KEYS = {"stage", "after", "outputs", "summary"}


@dataclass(frozen=True)
class RunFolder:
    """The folder `<home>/runs/<fingerprint>`."""

    path: Path

    @property
    def fingerprint(self) -> str:
        """The hash of everything that the run's result depends on, but the model of a night."""
        return self.path.name

    @property
    def night(self) -> Path:
        """The folder of the files of a night."""
        return self.path / run_files.NIGHT

    @property
    def night_model(self) -> str | None:
        """The model version that adapted in the night; None before `adapt`."""
        try:
            return str(json.loads((self.night / run_files.MODEL).read_text())["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def read(self, name: str) -> dict[str, Any]:
        """The content of a JSON file of the folder."""
        content: dict[str, Any] = json.loads((self.path / name).read_text(encoding="utf-8"))
        return content

    def facts(self) -> dict[str, Any]:
        """Hashes and names of the inputs."""
        return self.read(run_files.FACTS)

    def sources(self) -> dict[str, Path]:
        """Contract table name -> the run's own copy of the file."""
        return {
            name: self.path / run_files.SOURCES / name / file for name, file in self.facts()["files"].items()
        }

    def sources_unchanged(self) -> bool:
        """Whether the run's own copies still have the hashes of its facts."""
        expected = self.facts()["data_sha256"]
        return all(sha256_of(path) == expected[name] for name, path in self.sources().items())

    def conversions(self) -> dict[str, dict[str, Any]]:
        """Contract table name -> the account of its conversion, where the source is an export in a standard."""
        paths = sorted((self.path / run_files.CONVERSIONS).glob("*.json"))
        return {path.stem: json.loads(path.read_text()) for path in paths}

    def marker(self, stage: str) -> dict[str, Any] | None:
        """The stage's marker; None if it is not done or its files were changed."""
        path = self._marker_path(stage)
        try:
            marker: dict[str, Any] = json.loads(path.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return marker if self._is_valid(stage, marker) else None

    def marker_hash(self, stage: str) -> str | None:
        """The SHA-256 of the stage's marker, and so of what it and the stages before it wrote; None: not done."""
        path = self._marker_path(stage)
        return sha256_of(path) if path.is_file() else None

    def counts(self, stage: str) -> dict[str, Any]:
        """What a stage has counted, for a report: its files are not looked at, however many patients are in them."""
        try:
            found: dict[str, Any] = json.loads(self._marker_path(stage).read_text())["summary"]["counts"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return found

    def complete(self, stage: str, work: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
        """Do the stage's work and write its marker, with the summary that `work` returns.

        Without a marker the stage was interrupted or never started: its files are kept, so that training resumes. With
        a marker that is no longer valid, its files are removed first.
        """
        self.forget(stage)
        earlier = self._files(stage)
        summary = work()
        outputs = [name for name, state in self._files(stage).items() if earlier.get(name) != state]
        marker = {
            "stage": stage,
            "after": self._predecessor_hash(stage),
            "outputs": {name: sha256_of(self.path / name) for name in sorted(outputs)},
            "summary": dict(summary),
        }
        write_json(self._marker_path(stage), marker)
        return marker

    def forget(self, stage: str) -> None:
        """Remove the marker of a stage and the files that it lists."""
        path = self._marker_path(stage)
        if path.is_file():
            for name in _outputs(path):
                (self.path / name).unlink(missing_ok=True)
            path.unlink()

    def _marker_path(self, stage: str) -> Path:
        return self.path / run_files.MARKERS / f"{stage}.json"

    def _is_valid(self, stage: str, marker: Mapping[str, Any]) -> bool:
        if not marker.keys() >= MARKER_KEYS or marker["after"] != self._predecessor_hash(stage):
            return False
        paths = {self.path / name: digest for name, digest in marker["outputs"].items()}
        return all(path.is_file() and sha256_of(path) == digest for path, digest in paths.items())

    def _predecessor_hash(self, stage: str) -> str | None:
        predecessor = previous_stage(stage)
        return self.marker_hash(predecessor) if predecessor else None

    def _files(self, stage: str) -> dict[str, tuple[int, int]]:
        """The files on the way of this stage, with the state by which a change is noticed."""
        found, of_the_night = {}, stage in OF_THE_NIGHT
        for path in self.path.rglob("*"):
            first = path.relative_to(self.path).parts[0]
            if path.is_file() and first != run_files.MARKERS and (first == run_files.NIGHT) == of_the_night:
                state = path.stat()
                found[str(path.relative_to(self.path))] = (state.st_mtime_ns, state.st_size)
        return found


def _outputs(marker: Path) -> list[str]:
    try:
        return list(json.loads(marker.read_text())["outputs"])
    except (json.JSONDecodeError, KeyError):
        return []


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write by rename, so that a reader finds the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(content, indent=1, sort_keys=True, default=str))
