"""Laws of FHIR exports: the distribution of resources over files has no effect, and each is used or counted."""

import gzip
import json
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data_contracts.standards.convert import ConversionAccount
from tests.data_contracts.standards.exports import (
    FHIR_MAPPING,
    concept,
    condition,
    converted,
    encounter,
    observation,
    patient,
)
from tests.examples import WHOLE_RUN, examples

Resource = dict[str, Any]
PEOPLE, VISITS = ("p1", "p_2", "3" * 70), ("e1", "e2", "e3")


def reference(kind: str, key: str) -> Resource:
    return {"reference": f"{kind}/{key}"}


@st.composite
def resources(draw: st.DrawFn) -> Resource:
    """A resource that a server may export: also repeated, retracted, without a patient, or of a type not requested."""
    kind = draw(st.sampled_from(["Observation"] * 5 + ["Condition", "Patient", "Encounter", "Organization"]))
    meta: Resource = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "lastUpdated": st.sampled_from(["2020-02-01T00:00:00Z", "2020-02-02T00:00:00Z"]),
                "versionId": st.sampled_from(["1", "2"]),
            },
        )
    )
    subject = reference("Patient", draw(st.sampled_from([*PEOPLE, "p9"])))
    if kind == "Organization":
        return {"resourceType": kind, "id": draw(st.sampled_from("ab")), "meta": meta}
    if kind == "Patient":
        return patient(
            draw(st.sampled_from(PEOPLE)), meta=meta, gender=draw(st.sampled_from(["female", "male"]))
        )
    if kind == "Encounter":
        key = draw(st.sampled_from(VISITS))
        return encounter(key, meta=meta, status=draw(st.sampled_from(["finished", "entered-in-error"])))
    if kind == "Condition":
        status = concept(("x", draw(st.sampled_from(["confirmed", "entered-in-error"]))))
        return condition(draw(st.sampled_from("cd")), meta=meta, verificationStatus=status, subject=subject)
    return observation(
        draw(st.sampled_from("opqr")),
        code=draw(st.sampled_from(["2160-0", "2160-0", "x"])),
        value=draw(st.sampled_from([1.0, 2.0, None])),
        meta=meta,
        subject=subject,
        status=draw(st.sampled_from(["final", "final", "final", "entered-in-error"])),
        encounter=reference("Encounter", draw(st.sampled_from([*VISITS, "e9"]))),
    )


def base() -> list[Resource]:
    """An export with something usable, whatever is added."""
    return [
        patient("q"),
        encounter("f", "q"),
        observation("z", subject=reference("Patient", "q"), encounter=reference("Encounter", "f")),
        *(patient(p) for p in PEOPLE),
        *(encounter(e, p) for e, p in zip(VISITS, PEOPLE, strict=True)),
    ]


def written(folder: Path, found: list[Resource], chance: random.Random) -> Path:
    """The resources in files of any number, name and form."""
    folder.mkdir(parents=True)
    found = chance.sample(found, len(found))
    number = 0
    while found:
        size = chance.randint(1, len(found))
        some, found = found[:size], found[size:]
        number += 1
        name, content = _file(some, number, chance)
        (folder / name).write_bytes(content)
    return folder


def _file(some: list[Resource], number: int, chance: random.Random) -> tuple[str, bytes]:
    lines = "".join(chance.choice(["", "\n"]) + json.dumps(r) + chance.choice(["\n", "\r\n"]) for r in some)
    whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in some]}
    return chance.choice(
        [
            (f"{number}.ndjson", lines.encode()),
            (f"Observation.ndjson.{number}", b"\xef\xbb\xbf" + lines.encode()),
            (f"part-{number}", lines.replace("\r\n", "\n").replace("\n", "\r").encode()),
            (f"{number}.ndjson.gz", gzip.compress(lines.encode())),
            (f"packed{number}", gzip.compress(lines.encode())),
            (f"{number}.json", json.dumps(some, indent=chance.choice([None, 1])).encode()),
            (f"{number}.json", json.dumps(whole, indent=chance.choice([None, 2])).encode()),
            (f"{number}.json", "\n".join(json.dumps(r, indent=1) for r in some).encode()),
        ]
    )


def read(found: list[Resource], chance: random.Random) -> tuple[bytes, ConversionAccount]:
    with tempfile.TemporaryDirectory() as place:
        _, account = converted(written(Path(place) / "export", found, chance), FHIR_MAPPING)
        return (Path(place) / "records.parquet").read_bytes(), account


def counts(account: ConversionAccount) -> dict[tuple[str, str, str], int]:
    return {(e.table, e.column, e.code): e.count for e in account.left_out}


@examples(6, WHOLE_RUN)
@given(st.lists(resources(), max_size=25), st.randoms(use_true_random=False))
def test_how_resources_are_spread_over_files_changes_nothing(
    found: list[Resource], chance: random.Random
) -> None:
    export = base() + found
    first, told = read(export, chance)
    second, told_again = read(export, chance)
    assert first == second
    assert (told.seen, told.used, counts(told)) == (told_again.seen, told_again.used, counts(told_again))
    # a page that was fetched twice
    page = chance.sample(export, chance.randint(1, len(export)))
    again, _ = read(export + page, chance)
    assert again == first


@examples(6, WHOLE_RUN)
@given(st.lists(resources(), max_size=40), st.randoms(use_true_random=False))
def test_every_resource_is_used_or_counted(found: list[Resource], chance: random.Random) -> None:
    export = base() + found
    _, told = read(export, chance)
    assert told.resources == Counter(r["resourceType"] for r in export)
    lost: Counter[str] = Counter()
    for entry in told.left_out:
        lost[entry.table] += entry.count
    for kind in ("Observation", "Condition"):
        assert told.seen.get(kind, 0) == sum(told.used.get(kind, {}).values()) + lost[kind]
    assert lost["Organization"] == told.seen.get("Organization", 0) == told.resources.get("Organization", 0)
    assert told.seen["Patient"] == told.resources["Patient"]
    assert told.seen["Encounter"] == told.resources["Encounter"]
    assert lost["Patient"] <= told.seen["Patient"]
