"""The result of a finished run, told without the library that ran it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestration.runs.run_folder import RunFolder


@dataclass(frozen=True)
class Published:
    """The release that is served now; `changed` is False where it was served already."""

    release_id: str
    sequence: int
    changed: bool


@dataclass(frozen=True)
class RunOutcome:
    """A finished run.

    Attributes:
        folder: of its delivery.
        published: what it published, if it included `publish`.
        promoted: what became of the model that it trained, if it trained one.
        remarks: what the operator should know, one sentence each.

    """

    folder: RunFolder
    published: Published | None = None
    promoted: Mapping[str, object] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
