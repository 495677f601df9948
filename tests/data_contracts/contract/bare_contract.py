"""A contract with types and roles only, and the time at which deliveries are judged by it."""

from datetime import UTC, datetime

import yaml

from data_contracts.contract.model import Contract
from data_contracts.contract.parse import parse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROLES = {"patient_id": "subject", "time": "time", "cohort_id": "cohort", "outcome": "outcome"}
KINDS = {
    "patient_id": "string",
    "cohort_id": "string",
    "time": "timestamp",
    "date_of_birth": "date",
    "sex": "string",
}


def bare_contract(columns: list[str], key: bool = False) -> Contract:
    """Types and roles only: nobody wrote a rule."""
    properties = []
    for name in columns:
        role = ROLES.get(name)
        custom = {"customProperties": [{"property": "role", "value": role}]} if role else {}
        keyed = {"primaryKey": True} if key and name in {"patient_id", "time"} else {}
        properties.append({"name": name, "logicalType": KINDS.get(name, "number"), **custom, **keyed})
    document = {
        "kind": "DataContract", "apiVersion": "v3.0.2", "id": "c", "name": "c", "version": "1.0.0", "status": "active",
        "schema": [{"name": "t", "properties": properties}],
    }  # fmt: skip
    return parse(yaml.safe_dump(document).encode(), file="c.yaml", sha256="")
