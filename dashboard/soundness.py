"""Whether the store holds what was published: what a page reads is checked before it is shown.

A small release is checked whole before its first page. A large one would keep its first reader waiting for minutes:
there each page checks the seals of what it reads, and a process of its own checks the whole release once. As soon as
that has found a change, no page of the release is shown.
"""

import subprocess
from collections.abc import Iterable

import streamlit as st

from dashboard.access.authorize import Action, authorize
from dashboard.release import Served
from dashboard.wording import shell
from meta_med.published import reader, search
from meta_med.published.checks import parts, whole_check

SMALL = 2_000
"""Number of patients up to which a release is checked whole before its first page: about a second."""
MOST = 64


def require_sound(served: Served) -> None:
    """Check what is of no single patient, and heed what is known of the whole release.

    Raises:
        StoreError: the rows are not those that were published, or cannot be read.

    """
    authorize(served.user, Action.STUDY, served.scope)
    with st.spinner(shell.CHECKING()):
        _require_rest(served.url, served.release_id)
        running = _whole(served.url, served.release_id)
    if running is not None and running.poll() == whole_check.CHANGED:
        raise reader.changed(served.release_id)


def require_patients(served: Served, subject_ids: Iterable[str]) -> None:
    """Check all rows of these patients.

    Raises:
        StoreError: they are not those that were published, or cannot be read.

    """
    authorize(served.user, Action.STUDY, served.scope)
    parts.check_patients(served.url, served.release_id, tuple(subject_ids))


@st.cache_data(max_entries=MOST, show_spinner=False)
def _require_rest(url: str, release_id: str) -> None:
    parts.check_rest(url, release_id)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _whole(url: str, release_id: str) -> "subprocess.Popen[bytes] | None":
    """The process that checks a large release; None where the release was checked here."""
    patients = sum(search.group_counts(url, release_id).values())
    if patients > SMALL and parts.has_seals(url, release_id):
        return whole_check.started(url, release_id)
    reader.verify(url, release_id)
    return None
