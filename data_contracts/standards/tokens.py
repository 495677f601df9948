"""Codes as they stand in a mapping file, and as one text a code that the readers compare with."""

import re
from difflib import get_close_matches
from typing import Any

from data_contracts.standards.mapping import Standard

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
"""Short names of FHIR code systems; any other is written as its whole address."""

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
"""Object identifiers by which the same systems are named elsewhere (terminology.hl7.org)."""

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
    """The address of a code system: one form for those that are known, whoever writes them however."""
    return _BY_PLAIN.get(_plain(written), written.strip())


def coding(written: str) -> str:
    """ "system|code" as a resource has it, in one form."""
    address, bar, code = written.partition("|")
    return f"{system(address)}{bar}{code.strip()}"


def token(written: object, standard: Standard) -> str:
    """The code in one form; raises `ValueError` with what would be right."""
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
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(SYSTEMS)}, or a whole address"
    raise ValueError(f"{address!r} is no known code system; {hint}")


def last_part(tokens: Any) -> Any:
    """The code without its system, of an Arrow column of tokens."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(tokens, pattern=r"^.*\|", replacement="")
