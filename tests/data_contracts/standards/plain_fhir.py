"""The conversion of observations the obvious way, one resource after the other: what the quick one must equal."""

import json
from collections import Counter, defaultdict
from typing import Any

import pandas as pd

UNITS = {"mg/dL": 1.0, "umol/L": 0.0113}
Records = dict[str, float]


def creatinine_by_visit(lines: list[str]) -> tuple[Records, Counter[str]]:
    """Mean creatinine in mg/dL of every visit that has one, and why the other observations are not in it."""
    parsed = [_parsed(line) for line in lines]
    read = [r for r in parsed if r is not None]
    left_out: Counter[str] = Counter({"W_LINE_UNREADABLE": len(parsed) - len(read)})
    people = {r["id"] for r in read if r["resourceType"] == "Patient"}
    visits = {r["id"]: r for r in read if r["resourceType"] == "Encounter" and r["status"] == "finished"}
    left_out["N_VISIT_STATUS"] = sum(
        r["resourceType"] == "Encounter" and r["status"] != "finished" for r in read
    )
    newest: dict[str, Any] = {}
    wanted = [r for r in read if r["resourceType"] == "Observation" and _code(r) == "2160-0"]
    others = [r for r in read if r["resourceType"] == "Observation" and _code(r) != "2160-0"]
    left_out["N_EVENT_UNMAPPED"] = len(others)
    for resource in sorted(wanted, key=lambda r: r["meta"]["lastUpdated"]):
        left_out["N_EVENT_SUPERSEDED"] += resource["id"] in newest
        newest[resource["id"]] = resource
    values = defaultdict(list)
    for resource in newest.values():
        reason = _fault(resource, people, visits)
        if reason:
            left_out[reason] += 1
        else:
            quantity = resource["valueQuantity"]
            values[_key(resource["encounter"])].append(quantity["value"] * UNITS[quantity["code"]])
    left_out["N_VISIT_EMPTY"] = len(visits) - len(values)
    return {visit: float(pd.Series(v).mean()) for visit, v in values.items()}, +left_out


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
