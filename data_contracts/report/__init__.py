"""The data-quality report: one self-contained offline HTML page, and the same facts as JSON."""

from data_contracts.report.page import render, twin, write

__all__ = ["render", "twin", "write"]
