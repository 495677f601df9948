"""A first contract from a table: types, ranges, categories, keys and guesses, for its author to edit."""

from data_contracts.draft.drafting import Draft, draft

__all__ = ["Draft", "draft"]
