"""Checks of parts of a release, as a page reads them: of some patients, and of what is of no single patient."""

from collections.abc import Collection

from meta_med.published import reader
from meta_med.published.checks import seals


def has_seals(url: str, release_id: str) -> bool:
    """Whether parts of the release can be checked; those of older programs can be checked whole only."""
    with reader.existing_store(url) as connection:
        return seals.are_kept(connection, release_id)


def check_patients(url: str, release_id: str, subject_ids: Collection[str]) -> None:
    """Check all rows of these patients, by their seals; nothing is checked of a release without seals.

    Raises:
        StoreUnreadable: they are not those that were published.

    """
    with reader.existing_store(url) as connection:
        if subject_ids and not seals.patients_fit(connection, release_id, subject_ids):
            raise reader.changed(release_id)


def check_rest(url: str, release_id: str) -> None:
    """Check all rows that are of no single patient, as `check_patients` does.

    Raises:
        StoreUnreadable: they are not those that were published.

    """
    with reader.existing_store(url) as connection:
        if not seals.rest_fits(connection, release_id):
            raise reader.changed(release_id)
