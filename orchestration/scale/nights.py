"""The nights of one size: a training on a sample, the first night, one with one patient in a hundred changed, and one
without news; each is the real command in a process of its own, in a home of its own.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meta_med.published.engine import sqlite_url
from meta_med.published.reader import existing_store, head
from meta_med.published.rows import count_of
from meta_med.published.tables import CONTENT
from orchestration.scale.commands import CommandCost, measured
from orchestration.scale.deliveries import write_delivery
from orchestration.workspace import STORE

STUDY, CONTRACT = "scale_study.yaml", "scale_contract.yaml"
TRAINED_ON = 2_000
"""Patients of the training: the first ones of the simulation."""
FLAGS = {"training": ("--train",), "first": ("--full",)}
OWN_FILES = Path(__file__).parent
LATE = 7
Say = Callable[[str], None]


@dataclass(frozen=True)
class Nights:
    """What the commands of one size cost, the rows of each published table, and bytes of the store after each night."""

    patients: int
    trained_on: int
    rows: int
    commands: dict[str, CommandCost]
    published: dict[str, int]
    store_bytes: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """For the page's data."""
        return {**vars(self), "commands": {name: cost.to_json() for name, cost in self.commands.items()}}


def nights_of(patients: int, folder: Path, say: Say = lambda _: None) -> Nights:
    """Simulate and measure everything for a number of patients.

    Args:
        patients: how many.
        folder: for study, deliveries and home; it is made, and emptied first.
        say: is called with what is being measured.

    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in (STUDY, CONTRACT):
        shutil.copy(OWN_FILES / name, folder / name)
    home, sample = folder / "home", min(patients // 2, TRAINED_ON)
    deliveries = {
        "training": (sample, False),
        "first": (patients, False),
        "next": (patients, True),
    }
    rows: dict[str, int] = {}
    commands: dict[str, CommandCost] = {}
    store_bytes: dict[str, int] = {}
    for night, (count, later) in deliveries.items():
        say(f"{patients:,} patients: {night}")
        (folder / night).mkdir()
        file = folder / night / "visits.parquet"
        rows[night] = write_delivery(file, count, later=later)
        asked = ["run", "--study", STUDY, "--home", str(home), "--source", f"visits={file}"]
        commands[night] = measured([*asked, *FLAGS.get(night, ())], folder)
        store_bytes[night] = (home / STORE).stat().st_size
    say(f"{patients:,} patients: nothing new, status, help")
    commands["nothing new"] = measured(asked, folder)
    commands["status"] = measured(["status", "--home", str(home)], folder, expected=(0, LATE))
    commands["help"] = measured(["--help"], folder)
    return Nights(patients, sample, rows["first"], commands, _published_rows(home), store_bytes)


def _published_rows(home: Path) -> dict[str, int]:
    """Table -> rows of the served release."""
    url = sqlite_url(home / STORE)
    served = head(url, "scale")
    assert served is not None
    with existing_store(url) as connection:
        return {name: count_of(connection, name, served.release_id) for name in CONTENT}
