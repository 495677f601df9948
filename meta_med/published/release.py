"""A release: one immutable published set of frames with its manifest. Loads without SQLAlchemy."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from meta_med.enough import needed
from meta_med.published.content.columns import frame_sha256

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

    """

    study: str
    frames: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]

    @property
    def manifest_text(self) -> str:
        """The manifest as it is stored and hashed."""
        return json.dumps(dict(self.manifest), sort_keys=True)

    @cached_property
    def release_id(self) -> str:
        """First 16 hex digits of the SHA-256 of the canonical content."""
        tables = {name: frame_sha256(frame) for name, frame in self.frames.items()}
        whole = json.dumps([self.study, self.manifest_text, tables], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:16]
