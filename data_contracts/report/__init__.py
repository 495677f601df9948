"""The data-quality report: one self-contained HTML page, and the same content as JSON."""

from data_contracts.report.page import render, to_json, write

__all__ = ["render", "to_json", "write"]
