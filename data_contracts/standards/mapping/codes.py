"""Normalises codes, and looks up the columns that request a code.

Each distinct code is looked up once, however often it occurs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np

from data_contracts.standards.export_files.moments import Floats, Integers
from data_contracts.standards.mapping.model import Column, HistoryMapping, MeasuredValue, Standard, Static

SYSTEMS = {
    "loinc": "http://loinc.org",
    "snomed": "http://snomed.info/sct",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd9cm": "http://hl7.org/fhir/sid/icd-9-cm",
    "atc": "http://www.whocc.no/atc",
    "ndc": "http://hl7.org/fhir/sid/ndc",
    "cvx": "http://hl7.org/fhir/sid/cvx",
    "cpt": "http://www.ama-assn.org/go/cpt",
}
"""Short name -> URL of FHIR code systems; any other system is written as its URL."""

_OIDS = {
    "2.16.840.1.113883.6.1": "loinc",
    "2.16.840.1.113883.6.96": "snomed",
    "2.16.840.1.113883.6.88": "rxnorm",
    "2.16.840.1.113883.6.3": "icd10",
    "2.16.840.1.113883.6.90": "icd10cm",
    "2.16.840.1.113883.6.103": "icd9cm",
    "2.16.840.1.113883.6.73": "atc",
    "2.16.840.1.113883.6.69": "ndc",
    "2.16.840.1.113883.12.292": "cvx",
    "2.16.840.1.113883.6.12": "cpt",
}
"""Object identifier -> short name of the same systems (terminology.hl7.org)."""

ANY_THAT_BEGINS, WITH_DESCENDANTS = "*", "+"
_ADDRESS = re.compile(r"(https?://|urn:)\S+$")
_CONCEPT = re.compile(r"\d{1,18}\+?$")
_SCHEME = re.compile(r"^(https?://(www\.)?|urn:oid:)", re.IGNORECASE)


def _plain(address: str) -> str:
    return _SCHEME.sub("", address.strip()).rstrip("/").casefold()


_BY_PLAIN = {_plain(address): address for address in SYSTEMS.values()} | {
    oid: SYSTEMS[name] for oid, name in _OIDS.items()
}


def system(written: str) -> str:
    """The URL of a code system; known systems have one spelling."""
    return _BY_PLAIN.get(_plain(written), written.strip())


def coding(written: str) -> str:
    """The "system|code" of a resource in normalised form."""
    address, bar, code = written.partition("|")
    return f"{system(address)}{bar}{code.strip()}"


def token(written: object, standard: Standard) -> str:
    """The code of a mapping file in normalised form; raises `ValueError` with the valid form."""
    text = str(written).strip()
    if isinstance(written, bool) or not text or text == ANY_THAT_BEGINS:
        raise ValueError("must be a code")
    if standard == "fhir-r4":
        return _fhir(text)
    if standard == "omop-cdm" and not _CONCEPT.match(text):
        raise ValueError('must be a concept id such as 3004249, or "201826+" with its descendants')
    return text


def _fhir(text: str) -> str:
    address, bar, code = text.partition("|")
    if not bar or not code.strip():
        raise ValueError('must be "system|code", such as "loinc|8480-6"')
    if address in SYSTEMS:
        return f"{SYSTEMS[address]}|{code.strip()}"
    if _ADDRESS.match(address):
        return coding(text)
    near = get_close_matches(address, SYSTEMS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(SYSTEMS)}, or a URL"
    raise ValueError(f"{address!r} is not a known code system; {hint}")


def last_part(tokens: Any) -> Any:
    """The codes of an Arrow column of tokens, without their systems."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(tokens, pattern=r"^.*\|", replacement="")


@dataclass(frozen=True)
class CodeRequest:
    """A column that requests a code: its index, and the code's factor and level."""

    column: int
    factor: float
    level: int


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Pairs of an entry and a column that requests it; `entry` is an index into the entries looked up."""

    entry: Integers
    column: Integers
    factor: Floats
    level: Integers


@dataclass(frozen=True)
class CodeBook:
    """Exact codes and code prefixes, with the columns that request them."""

    exact: Mapping[str, tuple[CodeRequest, ...]]
    beginnings: tuple[tuple[str, CodeRequest], ...]
    _requests: dict[str, tuple[CodeRequest, ...]] = field(default_factory=dict, repr=False)
    _seen: set[str] = field(default_factory=set, repr=False)

    def match(self, entries: Integers, tokens: Any) -> Matches:
        """The columns that request these codes.

        Args:
            entries: (n,) index of each code's entry; an entry may have several codes.
            tokens: (n,) Arrow column of codes.

        Returns:
            Each pair of entry and column once, by the entry's first matching code.

        """
        coded = tokens.dictionary_encode()
        requests = [self.requests_for(code) for code in coded.dictionary.to_pylist()]
        counts = np.array([len(w) for w in requests], dtype=np.int64)
        place = coded.indices.to_numpy(zero_copy_only=False)
        repeats = counts[place] if len(counts) else np.zeros(0, dtype=np.int64)
        chosen = np.repeat(np.cumsum(counts)[place] - counts[place], repeats) if len(counts) else repeats
        chosen = chosen + _positions(repeats)
        flat = [w for request in requests for w in request]
        column = np.array([w.column for w in flat], dtype=np.int64)[chosen]
        entry = np.repeat(entries, repeats)
        _, first = np.unique(np.stack([entry, column]), axis=1, return_index=True)
        first.sort()
        return Matches(
            entry=entry[first],
            column=column[first],
            factor=np.array([w.factor for w in flat], dtype=np.float64)[chosen][first],
            level=np.array([w.level for w in flat], dtype=np.int64)[chosen][first],
        )

    def requests_for(self, code: str) -> tuple[CodeRequest, ...]:
        """The columns that request a code; codes that occur are remembered for `unused`."""
        if code not in self._requests:
            begins = [w for beginning, w in self.beginnings if code.startswith(beginning)]
            self._requests[code] = (*self.exact.get(code, ()), *begins)
            self._seen.update(b for b, _ in self.beginnings if code.startswith(b))
            self._seen.update({code} & self.exact.keys())
        return self._requests[code]

    @property
    def unused(self) -> list[str]:
        """Codes of the mapping that no event has: possibly misspelt."""
        beginnings = {b for b, _ in self.beginnings}
        return sorted({*self.exact, *beginnings} - self._seen)


def code_book(columns: Iterable[Column], descendants: Mapping[str, Iterable[str]] | None = None) -> CodeBook:
    """The code book of a mapping's columns; `descendants` belong to the concepts with a final "+"."""
    exact: dict[str, list[CodeRequest]] = {}
    beginnings: list[tuple[str, CodeRequest]] = []
    for position, column in enumerate(columns):
        if not isinstance(column, MeasuredValue | HistoryMapping | Static):
            continue
        for code, use in column.codes.items():
            request = CodeRequest(position, use.factor, use.level)
            if code.endswith(ANY_THAT_BEGINS):
                beginnings.append((code[:-1], request))
                continue
            for one in _with_descendants(code, descendants or {}):
                exact.setdefault(one, []).append(request)
    return CodeBook({code: tuple(requests) for code, requests in exact.items()}, tuple(beginnings))


def _with_descendants(code: str, descendants: Mapping[str, Iterable[str]]) -> set[str]:
    if not code.endswith(WITH_DESCENDANTS):
        return {code}
    concept = code[:-1]
    return {concept, *descendants.get(concept, ())}


def _positions(repeats: Integers) -> Integers:
    """0, 1, ... n-1 for each n."""
    ends = np.cumsum(repeats)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - repeats, repeats)
