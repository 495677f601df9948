"""The release that a page shows, read once per page so that everything on the page is consistent."""

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from dashboard.access.authorize import NOBODY, PSEUDONYMOUS, Action, Scope, User, authorize
from meta_med.published import reader
from meta_med.published.reader import CurrentRelease

DEFAULT_HOME = ".meta_med"
DEFAULT_MAX_AGE_HOURS, DEFAULT_WITHHOLD_HOURS = 168.0, 672.0


@dataclass(frozen=True)
class Served:
    """The release shown on one page.

    Attributes:
        url: of the store.
        head: the current release.
        now: the time of the page request.
        max_age: an older release is stale; withheld_after: predictions of one that is older still are not shown.
        demo: whether the dashboard was started with `--demo`.
        user: who reads it.

    """

    url: str
    head: CurrentRelease
    now: datetime
    max_age: timedelta
    withheld_after: timedelta = timedelta(hours=DEFAULT_WITHHOLD_HOURS)
    demo: bool = False
    user: User = NOBODY

    @property
    def scope(self) -> Scope:
        """The release's study, for `authorize`."""
        return Scope(self.head.study)

    @property
    def without_log_in(self) -> bool:
        """Whether nobody has to log in here."""
        return not arguments().access

    @property
    def pseudonymous(self) -> bool:
        """Whether patients' ids are replaced by pseudonyms for this user."""
        return bool(self.user.assignments) and self.user.assignments[0].role in PSEUDONYMOUS

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

    @property
    def too_old(self) -> bool:
        """Whether its predictions are withheld; those of a demonstration never are."""
        return not self.demo and self.now - self.head.published_at > self.withheld_after


def arguments() -> argparse.Namespace:
    """The script arguments that `dashboard.launch` passes: the store, and who may see it."""
    return _parsed(tuple(sys.argv[1:]))


@lru_cache(maxsize=8)
def _parsed(given: tuple[str, ...]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument("--store", default="")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--public", default="")
    parser.add_argument("--single-user", action="store_true")
    parser.add_argument("--access", default="")
    return parser.parse_known_args(given)[0]


def store_url() -> str:
    """The store's URL: from `--store`, else META_MED_STORE, else the store in the home folder."""
    home = os.environ.get("META_MED_HOME") or DEFAULT_HOME
    return str(arguments().store) or os.environ.get("META_MED_STORE") or f"sqlite:///{home}/published.sqlite"


def studies(url: str, user: User) -> tuple[str, ...]:
    """The studies that the user may choose from: META_MED_STUDY, else all published ones, as far as a role holds."""
    named = os.environ.get("META_MED_STUDY")
    published = (named,) if named else reader.studies(url)
    return tuple(study for study in published if user.sees(study) and not _hidden(url, study))


def _hidden(url: str, study: str) -> bool:
    """Whether a demonstration hides the study, because its data are not the bundled public ones."""
    given = arguments()
    if not given.demo:
        return False
    found, public = reader.head(url, study), set(given.public.split(","))
    return found is not None and not is_public(found.manifest, public)


def is_public(manifest: Mapping[str, Any], public: set[str]) -> bool:
    """Whether a release was made of nothing but files with these hashes."""
    made_of = manifest.get("data_sha256")
    return isinstance(made_of, dict) and bool(made_of) and set(made_of.values()) <= public


def current_release(url: str, study: str, user: User) -> Served | None:
    """The study's current release; never cached, so that a page always shows the newest.

    Raises:
        Denied: no role of the user holds in the study.

    """
    authorize(user, Action.STUDY, Scope(study))
    found = reader.head(url, study)
    if found is None:
        return None
    stale = _hours("META_MED_MAX_AGE_HOURS", DEFAULT_MAX_AGE_HOURS)
    withheld = _hours("META_MED_WITHHOLD_HOURS", DEFAULT_WITHHOLD_HOURS)
    return Served(url, found, datetime.now(UTC), stale, withheld, demo=arguments().demo, user=user)


def _hours(variable: str, usual: float) -> timedelta:
    return timedelta(hours=float(os.environ.get(variable) or usual))


def manifest_value(head: CurrentRelease, name: str) -> Any:
    """A value of the manifest, at the top level or one level below; None if absent."""
    if name in head.manifest:
        return head.manifest[name]
    for part in head.manifest.values():
        if isinstance(part, dict) and name in part:
            return part[name]
    return None
