"""Data contracts: model, parsing, vocabulary of rules, codes of findings, check specs and JSON schema."""

from data_contracts.contract.model import Column, Contract, Rule, Table
from data_contracts.contract.parse import bundled_contracts, load
from data_contracts.errors import ContractError

__all__ = ["Column", "Contract", "ContractError", "Rule", "Table", "bundled_contracts", "load"]
