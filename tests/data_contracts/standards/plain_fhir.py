"""A simple reference conversion of observations, one resource at a time; the fast one must equal it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

UNITS = {"mg/dL": 1.0, "umol/L": 0.0113}
Records = dict[str, float]


def creatinine_by_visit(lines: list[str]) -> tuple[Records, Counter[str]]:
    """Mean creatinine in mg/dL of every visit that has one, and the reasons of observations left out."""
    parsed = [_parsed(line) for line in lines]
    read = [r for r in parsed if r is not None]
    left_out: Counter[str] = Counter({"W_LINE_UNREADABLE": len(parsed) - len(read)})
    people = {r["id"] for r in read if r["resourceType"] == "Patient"}
    visits = {r["id"]: r for r in read if r["resourceType"] == "Encounter" and r["status"] == "finished"}
    left_out["N_VISIT_STATUS"] = sum(
        r["resourceType"] == "Encounter" and r["status"] != "finished" for r in read
    )
    versions = defaultdict(list)
    for resource in read:
        if resource["resourceType"] == "Observation":
            versions[resource["id"]].append(resource)
    values = defaultdict(list)
    for group in versions.values():
        for resource, version in resolved(group, lambda r: _says(r, people, visits)):
            unwanted = "" if _code(resource) == "2160-0" else "N_EVENT_UNMAPPED"
            if reason := unwanted or version or _fault(resource, people, visits):
                left_out[reason] += 1
            else:
                quantity = resource["valueQuantity"]
                values[_key(resource["encounter"])].append(quantity["value"] * UNITS[quantity["code"]])
    left_out["N_VISIT_EMPTY"] = len(visits) - len(values)
    return {visit: float(pd.Series(v).mean()) for visit, v in values.items()}, +left_out


def resolved(group: list[Any], says: Any) -> Iterable[tuple[Any, str]]:
    """Each version of one resource with the reason why it is not current; "" for the current one."""
    newest = group
    if all(_updated(r) for r in newest):
        latest = max(_updated(r) for r in newest)
        newest = [r for r in newest if _updated(r) == latest]
    if all(_number(r) >= 0 for r in newest):
        newest = [r for r in newest if _number(r) == max(map(_number, newest))]
    newest = [r for r in newest if _retracted(r)] or newest
    patients = {_key(r["subject"]) for r in newest}
    agree = len({says(r) for r in newest}) == 1 or all(map(_retracted, newest))
    requested = [r for r in newest if says(r)]
    stands = (requested or newest)[0] if agree else None
    for resource in group:
        if resource is stands:
            yield resource, ""
        elif any(resource is r for r in newest):
            yield resource, "N_EVENT_REPEATED" if agree else "W_EVENT_SAME_ID"
        else:
            moved = len(patients) == 1 and _key(resource["subject"]) not in patients
            yield resource, "W_EVENT_MOVED" if moved else "N_EVENT_SUPERSEDED"


def _updated(resource: Any) -> Any:
    text = resource.get("meta", {}).get("lastUpdated")
    return datetime.fromisoformat(text) if text else None


def _number(resource: Any) -> int:
    text = resource.get("meta", {}).get("versionId") or ""
    return int(text) if text.isdigit() else -1


def _retracted(resource: Any) -> bool:
    return bool(resource["status"] == "entered-in-error")


def _says(resource: Any, people: set[str], visits: dict[str, Any]) -> Any:
    """The content of a version for the mapping."""
    if _code(resource) != "2160-0":
        return None
    who, where, quantity = _key(resource["subject"]), _key(resource["encounter"]), resource["valueQuantity"]
    value = None if quantity["value"] is None else quantity["value"] * UNITS.get(quantity["code"], 0)
    return (
        _fault(resource, people, visits),
        who if who in people else "unknown",
        where if where in visits or not where else "unknown",
        resource["effectiveDateTime"],
        value,
    )


def _parsed(line: str) -> Any:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _code(resource: Any) -> str:
    return str(resource["code"]["coding"][0]["code"])


def _key(reference: Any) -> str:
    return str(reference["reference"].split("/")[-1]) if reference else ""


def _fault(resource: Any, people: set[str], visits: dict[str, Any]) -> str:
    if resource["status"] != "final":
        return "N_EVENT_STATUS"
    if _key(resource["subject"]) not in people:
        return "W_EVENT_SUBJECT_UNKNOWN"
    if not resource["effectiveDateTime"]:
        return "W_EVENT_NO_TIME"
    if not resource["encounter"]:
        return "W_EVENT_NO_VISIT"
    if _key(resource["encounter"]) not in visits:
        return "W_EVENT_VISIT_UNKNOWN"
    if visits[_key(resource["encounter"])]["subject"] != resource["subject"]:
        return "W_EVENT_VISIT_OF_ANOTHER"
    quantity = resource["valueQuantity"]
    if quantity["value"] is None:
        return "W_EVENT_NO_VALUE"
    if quantity["comparator"]:
        return "W_EVENT_CENSORED"
    if quantity["code"] is None:
        return "W_EVENT_NO_UNIT"
    return "" if quantity["code"] in UNITS else "W_EVENT_UNIT"
