"""Which release a page shows: read once a page, so that everything on the page belongs together."""

import argparse
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from meta_med.published import reader
from meta_med.published.reader import CurrentRelease

DEFAULT_HOME = ".meta_med"
DEFAULT_MAX_AGE_HOURS = 168.0


@dataclass(frozen=True)
class Served:
    """One release as one page shows it.

    Attributes:
        url: the store.
        head: the release that is served.
        now: when the page was asked for.
        max_age: beyond it the release counts as stale.
        demo: started to demonstrate, with public data.

    """

    url: str
    head: CurrentRelease
    now: datetime
    max_age: timedelta
    demo: bool = False

    @property
    def release_id(self) -> str:
        """The release every query of the page names."""
        return self.head.release_id

    @property
    def title(self) -> str:
        """What the study is called on screen."""
        return str(self.head.manifest.get("title") or self.head.study)

    @property
    def stale(self) -> bool:
        """Older than it may be."""
        return self.now - self.head.published_at > self.max_age


def arguments() -> argparse.Namespace:
    """What `dashboard.launch` put behind the script's name: `--store URL` and `--demo`."""
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument("--store", default="")
    parser.add_argument("--demo", action="store_true")
    return parser.parse_known_args(sys.argv[1:])[0]


def store_url() -> str:
    """The store's URL: named at the start, or in the environment, or the one in the home folder."""
    home = os.environ.get("META_MED_HOME") or DEFAULT_HOME
    return str(arguments().store) or os.environ.get("META_MED_STORE") or f"sqlite:///{home}/published.sqlite"


def studies(url: str) -> tuple[str, ...]:
    """The studies to choose from: the one named in the environment, or all that are published."""
    named = os.environ.get("META_MED_STUDY")
    return (named,) if named else reader.studies(url)


def served(url: str, study: str) -> Served | None:
    """The study's release of this moment; never cached, or a page would show an old one."""
    found = reader.head(url, study)
    if found is None:
        return None
    hours = float(os.environ.get("META_MED_MAX_AGE_HOURS") or DEFAULT_MAX_AGE_HOURS)
    return Served(url, found, datetime.now(UTC), timedelta(hours=hours), demo=arguments().demo)


def fact(head: CurrentRelease, name: str) -> Any:
    """A fact of the manifest, wherever in it the run put it."""
    if name in head.manifest:
        return head.manifest[name]
    for part in head.manifest.values():
        if isinstance(part, dict) and name in part:
            return part[name]
    return None
