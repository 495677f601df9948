"""What a contract is: its model, the vocabulary of rules, codes, YAML in, JSON schema out."""

from pathlib import Path

from data_contracts.contract.model import Column, Contract, Rule, Table
from data_contracts.errors import ContractError

__all__ = ["Column", "Contract", "ContractError", "Rule", "Table", "load"]


def load(name_or_path: str | Path) -> Contract:
    """The contract of that bundled name or file; raises `ContractError` with every mistake in it."""
    # the vocabulary imports the rules, which import the model of this package
    from data_contracts.contract import loading

    return loading.load(name_or_path)
