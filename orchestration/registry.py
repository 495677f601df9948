"""Which studies this installation has: the bundled ones, and those that somebody added."""

import os
from pathlib import Path

from orchestration.study_file import LoadedStudy, bundled_studies, load

STUDIES_VARIABLE = "META_MED_STUDIES"
"""Study files or folders of them, separated as in PATH."""


def known_studies(data: Path | None = None) -> dict[str, LoadedStudy]:
    """Every bundled study and every one named by META_MED_STUDIES; an own study may replace a bundled one.

    `data` is the folder of their "data:" sources, else META_MED_DATA.
    """
    loaded = [load(path, data) for path in (*bundled_studies().values(), *_own_files())]
    return {study.name: study for study in loaded}


def runnable_studies() -> list[LoadedStudy]:
    """The known studies whose data are there: the others stay known, and have no job."""
    return [study for study in known_studies().values() if not study.lacks]


def _own_files() -> list[Path]:
    places = [Path(text) for text in os.environ.get(STUDIES_VARIABLE, "").split(os.pathsep) if text]
    return [
        path for place in places for path in (sorted(place.glob("*.yaml")) if place.is_dir() else [place])
    ]
