"""Loading a contract: a bundled name or the path of an Open Data Contract Standard (ODCS) v3 file."""

import hashlib
from importlib.resources import files
from pathlib import Path

from data_contracts.contract.model import Column, Contract, Rule, Table
from data_contracts.contract.parse import parse
from data_contracts.errors import ContractError

__all__ = ["Column", "Contract", "ContractError", "Rule", "Table", "bundled_contracts", "load"]


def load(name_or_path: str | Path) -> Contract:
    """The contract of that bundled name or file; raises `ContractError` with every mistake in it."""
    path = _find(name_or_path)
    raw = path.read_bytes()
    return parse(raw, file=path.name, sha256=hashlib.sha256(raw).hexdigest())


def bundled_contracts() -> list[str]:
    """Names of the contracts that travel with the package."""
    return sorted(p.stem for p in _bundled_folder().glob("*.yaml"))


def _bundled_folder() -> Path:
    return Path(str(files("data_contracts"))) / "contracts"


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.is_file():
        return path
    bundled = _bundled_folder() / f"{name_or_path}.yaml"
    if len(path.parts) == 1 and bundled.is_file():
        return bundled
    known = ", ".join(bundled_contracts())
    raise ContractError(path.name, [f"no such file, and no bundled contract of that name (bundled: {known})"])
