"""A release: one immutable published set of frames with its manifest. Loads without SQLAlchemy."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from meta_med.enough import needed
from meta_med.published.content.carried import Kept

if TYPE_CHECKING:
    from meta_med.published.content.release_content import Content

LEAST_PATIENTS = needed("show a cohort")
"""The fewest patients of a cohort whose figures are published and shown under its name."""


@dataclass(frozen=True)
class Release:
    """One immutable published set.

    Attributes:
        study: the study's name.
        frames: table name -> rows, with the names and columns of `meta_med.published.tables`.
        manifest: JSON-able facts (hashes of data, contract, config, model; code version; counts; seed).
            Holds no clock time, so that the same input gives the same bytes; of a cross-fitted evaluation, which is
            an input, it holds the day.
        kept: the patients whose rows are those of the release before, where that is known; None where it is not.

    """

    study: str
    frames: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]
    kept: Kept | None = None

    @property
    def manifest_text(self) -> str:
        """The manifest as it is stored and hashed."""
        return json.dumps(dict(self.manifest), sort_keys=True)

    @cached_property
    def content(self) -> "Content":
        """The tables as they are published, with the hash over all rows.

        Raises:
            ReleaseInvalid: the frames do not fit the published tables.

        """
        from meta_med.published.content.release_content import content_of

        return content_of(self)

    @cached_property
    def release_id(self) -> str:
        """First 16 hex digits of the SHA-256 of study, manifest and content."""
        whole = json.dumps([self.study, self.manifest_text, self.content.sha256])
        return hashlib.sha256(whole.encode()).hexdigest()[:16]
