"""What a code is called, what the gate did about it, and what a data steward does, in words."""

from data_contracts.contract.vocabulary import code_entry

_DONE = {"E": "delivery rejected", "Q": "rows held back", "W": "warned, rows kept", "N": "put right"}
_ADVICE_BY_LETTER = {
    "E": "Mend this at the source and deliver again.",
    "Q": "Look at these lines in the quarantine; mend them at the source, or release them with a reason.",
    "W": "Nothing is held back; find out whether it is meant.",
    "N": "Nothing to do.",
}


def title(code: str) -> str:
    """What the code is called: "Q_HARD_RANGE" is "Impossible values"."""
    entry = code_entry(code)
    if entry is None:  # of an earlier version, in a report that is kept
        return code[2:].replace("_", " ").capitalize()
    return entry.title_if_normalised if code[0] == "N" and entry.title_if_normalised else entry.title


def advice(code: str) -> str:
    """What a steward does about it."""
    entry = code_entry(code)
    own = entry.advice if entry and code[0] in "EQ" else ""
    return own or _ADVICE_BY_LETTER[code[0]]


def done_about(code: str) -> str:
    """What the gate did, in a few words."""
    return _DONE[code[0]]
