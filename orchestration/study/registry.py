"""The studies of this installation: the bundled ones, and those that the user added."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.boundary import expected_errors
from orchestration.errors import MetaMedError, StudyError
from orchestration.study.bundled import bundled_studies, bundled_tables

if TYPE_CHECKING:
    from orchestration.study.load import LoadedStudy

STUDIES_VARIABLE = "META_MED_STUDIES"
"""Names study files or folders of them, separated as in PATH."""


@dataclass(frozen=True)
class Studies:
    """The valid studies by name, and the errors of invalid ones by file."""

    found: dict[str, "LoadedStudy"] = field(default_factory=dict)
    broken: dict[str, StudyError] = field(default_factory=dict)

    @property
    def mistakes(self) -> dict[str, list[str]]:
        """File -> its mistakes, as JSON-able values."""
        return {file: list(error.mistakes) for file, error in self.broken.items()}


def own_studies(data: Path | None = None) -> Studies:
    """The studies named by META_MED_STUDIES; an invalid one does not affect the others.

    `data` is the folder of their "data:" sources, else META_MED_DATA.
    """
    loaded: list[LoadedStudy] = []
    broken: dict[str, StudyError] = {}
    for file in _own_files():
        from orchestration.study.load import load  # only where there are any: it takes most of a second

        try:
            with expected_errors():
                loaded.append(load(file, data))
        except MetaMedError as error:
            broken[str(file)] = error if isinstance(error, StudyError) else StudyError(str(error))
    times = Counter(study.name for study in loaded)
    for study in (study for study in loaded if times[study.name] > 1):
        twice = (
            f'{study.path.name}: another file of {STUDIES_VARIABLE} is study "{study.name}" too; rename one.'
        )
        broken[str(study.path)] = StudyError(twice)
    return Studies({study.name: study for study in loaded if times[study.name] == 1}, broken)


def studies(data: Path | None = None) -> Studies:
    """Every bundled study and the user's own; an own study may replace a bundled one."""
    from orchestration.study.load import load

    own = own_studies(data)
    bundled = [load(path, data) for path in bundled_studies().values()]
    return Studies({**{study.name: study for study in bundled}, **own.found}, own.broken)


def known_studies(data: Path | None = None) -> dict[str, "LoadedStudy"]:
    """The valid studies by name."""
    return studies(data).found


def runnable(known: Studies) -> list["LoadedStudy"]:
    """The valid studies whose data exist; the others have no job."""
    return [study for study in known.found.values() if not study.missing_files]


def tables_of(name: str, own: Studies) -> tuple[str, ...]:
    """The tables of a study by its name; empty where this installation does not have it."""
    if name in own.found:
        return tuple(own.found[name].sources)
    return bundled_tables(name)


def _own_files() -> list[Path]:
    places = [Path(text) for text in os.environ.get(STUDIES_VARIABLE, "").split(os.pathsep) if text]
    return [
        path.absolute() for place in places for path in (_studies_in(place) if place.is_dir() else [place])
    ]


def _studies_in(folder: Path) -> list[Path]:
    """YAML files that may be studies; contracts and mappings in the same folder are left out."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    return [path for path in files if not path.name.startswith(".") and not _is_of_another_kind(path)]


def _is_of_another_kind(path: Path) -> bool:
    from data_contracts.yaml_file import YamlMistakesError, read_yaml

    try:
        tree = read_yaml(path.read_bytes())
    except (OSError, YamlMistakesError):
        return False
    return "study" not in tree and bool({"kind", "standard"} & set(tree))
