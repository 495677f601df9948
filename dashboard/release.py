"""The release that a page shows, read once per page so that everything on the page is consistent."""

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
    """The release shown on one page.

    Attributes:
        url: of the store.
        head: the current release.
        now: the time of the page request.
        max_age: an older release is stale.
        demo: whether the dashboard was started with `--demo`.

    """

    url: str
    head: CurrentRelease
    now: datetime
    max_age: timedelta
    demo: bool = False

    @property
    def release_id(self) -> str:
        """The release id in every query of the page."""
        return self.head.release_id

    @property
    def title(self) -> str:
        """The study's title on screen."""
        return str(self.head.manifest.get("title") or self.head.study)

    @property
    def stale(self) -> bool:
        """Whether the release is older than `max_age`."""
        return self.now - self.head.published_at > self.max_age


def arguments() -> argparse.Namespace:
    """The script arguments that `dashboard.launch` passes: `--store URL` and `--demo`."""
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument("--store", default="")
    parser.add_argument("--demo", action="store_true")
    return parser.parse_known_args(sys.argv[1:])[0]


def store_url() -> str:
    """The store's URL: from `--store`, else META_MED_STORE, else the store in the home folder."""
    home = os.environ.get("META_MED_HOME") or DEFAULT_HOME
    return str(arguments().store) or os.environ.get("META_MED_STORE") or f"sqlite:///{home}/published.sqlite"


def studies(url: str) -> tuple[str, ...]:
    """The studies to choose from: META_MED_STUDY, else all published ones."""
    named = os.environ.get("META_MED_STUDY")
    return (named,) if named else reader.studies(url)


def current_release(url: str, study: str) -> Served | None:
    """The study's current release; never cached, so that a page always shows the newest."""
    found = reader.head(url, study)
    if found is None:
        return None
    hours = float(os.environ.get("META_MED_MAX_AGE_HOURS") or DEFAULT_MAX_AGE_HOURS)
    return Served(url, found, datetime.now(UTC), timedelta(hours=hours), demo=arguments().demo)


def manifest_value(head: CurrentRelease, name: str) -> Any:
    """A value of the manifest, at the top level or one level below; None if absent."""
    if name in head.manifest:
        return head.manifest[name]
    for part in head.manifest.values():
        if isinstance(part, dict) and name in part:
            return part[name]
    return None
