"""The current version of a resource, compared with a reference implementation of one resource at a time."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.standards.export_files.moments import NEVER
from data_contracts.standards.fhir import versions as resource_versions
from data_contracts.standards.fhir.versions import ResourceVersions
from tests.data_contracts.standards.plain_fhir import resolved
from tests.examples import examples

REASONS = {
    resource_versions.CURRENT: "",
    resource_versions.SUPERSEDED: "N_EVENT_SUPERSEDED",
    resource_versions.MOVED: "W_EVENT_MOVED",
    resource_versions.REPEATED: "N_EVENT_REPEATED",
    resource_versions.DOUBTFUL: "W_EVENT_SAME_ID",
    resource_versions.DELETED: "N_EVENT_DELETED",
}
DAYS = {None: NEVER, 1: 86_400_000_000, 2: 172_800_000_000}


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Versions of a few resources: dated or not, numbered or not, retracted at any position, moved between patients."""

    def version() -> dict[str, Any]:
        day = draw(st.sampled_from([None, 1, 1, 2]))
        moment = "" if day is None else datetime.fromtimestamp(day * 86_400, UTC).isoformat()
        return {
            "id": draw(st.integers(0, 3)),
            "day": day,
            "meta": {"lastUpdated": moment, "versionId": draw(st.sampled_from(["", "1", "2", "x"]))},
            "status": draw(st.sampled_from(["final", "final", "final", "entered-in-error"])),
            "subject": {"reference": f"Patient/{draw(st.sampled_from('12'))}"},
            "says": draw(st.integers(0, 2)),  # 0: nothing that the mapping requests
        }

    return [version() for _ in range(draw(st.integers(1, 14)))]


def arrays(history: list[dict[str, Any]]) -> ResourceVersions:
    days = np.array([DAYS[r["day"]] for r in history])
    numbers = [int(r["meta"]["versionId"]) if r["meta"]["versionId"].isdigit() else -1 for r in history]
    return ResourceVersions(
        key=np.array([r["id"] for r in history], dtype=np.uint64),
        start=days,
        end=days,
        number=np.array(numbers),
        subject=np.array([int(r["subject"]["reference"][-1]) for r in history], dtype=np.uint64),
        retracted=np.array([r["status"] == "entered-in-error" for r in history]),
        deleted=np.zeros(len(history), dtype=bool),
    )


def outcomes(history: list[dict[str, Any]]) -> list[str]:
    says = np.array([r["says"] for r in history], dtype=np.uint64)
    found = resource_versions.resolve(arrays(history), lambda places: says[places])
    return [REASONS[int(outcome)] for outcome in found]


@examples(100)
@given(histories())
def test_the_quick_way_equals_the_rule_written_out(history: list[dict[str, Any]]) -> None:
    expected: list[tuple[int, str]] = []
    for key in range(4):
        group = [r for r in history if r["id"] == key]
        if key == 0:
            expected += [(key, "") for _ in group]
        elif group:
            expected += [(key, reason) for _, reason in resolved(group, lambda r: r["says"])]
    found = zip((r["id"] for r in history), outcomes(history), strict=True)
    assert sorted(found) == sorted(expected)


@examples(100)
@given(histories(), st.randoms())
def test_the_order_in_which_versions_are_met_changes_nothing(
    history: list[dict[str, Any]], chance: Any
) -> None:
    def told(versions: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
        return sorted((r["id"], r["says"], o) for r, o in zip(versions, outcomes(versions), strict=True))

    assert told(history) == told(chance.sample(history, len(history)))


def test_a_date_without_time_is_no_older_than_a_moment_of_that_day() -> None:
    morning, day = 8 * 3_600_000_000, 86_400_000_000
    versions = ResourceVersions(
        key=np.array([1, 1, 2, 2], dtype=np.uint64),
        start=np.array([0, morning, 0, day]),
        end=np.array([day - 1, morning, day - 1, day]),
        number=np.full(4, -1),
        subject=np.ones(4, dtype=np.uint64),
        retracted=np.zeros(4, dtype=bool),
        deleted=np.zeros(4, dtype=bool),
    )
    says = np.arange(4, dtype=np.uint64)
    found = [REASONS[int(o)] for o in resource_versions.resolve(versions, lambda places: says[places])]
    assert found == ["W_EVENT_SAME_ID", "W_EVENT_SAME_ID", "N_EVENT_SUPERSEDED", ""]
