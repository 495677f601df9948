"""Directly identifying data: official identity numbers, telephone numbers, e-mail addresses, and such column names.

A format that nothing else has (an address with @, 123-45-6789) is always reported. A format that other numbers have
too (ten digits) is reported only if the check digits fit more often than chance explains: one in eleven arbitrary
numbers passes the check digit of an NHS number.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.columns.coded import factorize
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Column, Table
from data_contracts.contract.rule_word import RuleWord, Words
from data_contracts.findings import Note
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.slices import View, column_note

WORDS = Words()
Digits = npt.NDArray[np.int64]
_BY_CHANCE = 1e-4
"""Probability below which the number of fitting check digits is not explained by chance."""
_ENOUGH = 0.8
"""Share of the identifiers with the format whose check digits must fit: real lists have few errors."""


@dataclass(frozen=True, kw_only=True)
class NumberFormat:
    """One kind of number. `chance` is the probability that an arbitrary text of this format fits; 0 is never."""

    name: str
    regex: str
    fits: Callable[[list[str]], Mask]
    chance: float = 0.0


def _default_arguments(table: Table) -> Mapping[str, Any] | None:
    return {} if any(c.kind == "string" for c in table.columns) else None


@WORDS.add(RuleWord(
    scope="table", level="whole", code="W_PERSON_NUMBER", outcome="warn",
    promise="has no identifier that looks like an official identity number", across_cohorts=True,
    default_arguments=_default_arguments,
    codes=(Code("PERSON_NUMBER", "conformance", "Identifiers that look like official identity numbers"),),
))  # fmt: skip
def no_person_numbers(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No identifier is an official identity number or a contact; no other text is an e-mail address."""
    import pyarrow as pa

    naming = {c.name for c in _naming_columns(view.table)}
    for column in view.table.columns:
        if column.kind != "string" or column.name not in view.frame:
            continue
        found = factorize(view.values(column.name))
        texts = pa.array(np.asarray(found.values[found.counts() > 0], dtype=object), type=pa.string())
        for kind in FORMATS if column.name in naming else FORMATS[:1]:
            count = _count(kind, texts)
            if count:
                found_text = f"{count:,} of {len(texts):,} values of {column.name!r} look like {kind.name}"
                message = f"{found_text}: use an identifier that has no meaning outside the study."
                yield column_note(spec, message, count, column=column.name)
                break


def _naming_columns(table: Table) -> tuple[Column, ...]:
    """Text columns that hold identifiers: by their role, or as part of a key."""
    keys = {c for r in table.rules if r.rule == "unique_key" for c in r.arguments["columns"]}
    roles = {"subject", "cohort", "identifier"}
    return tuple(c for c in table.columns if c.kind == "string" and (c.role in roles or c.name in keys))


def _count(kind: NumberFormat, texts: Any) -> int:
    """Number of texts, in Arrow, that look like this kind; 0 if chance explains them."""
    import pyarrow.compute as pc

    shaped = texts.filter(pc.match_substring_regex(texts, rf"^(?:{kind.regex})$")).to_pylist()
    if not shaped:
        return 0
    fitting = int(kind.fits(shaped).sum())
    if not kind.chance:
        return fitting
    expected = fitting >= _ENOUGH * len(shaped) and kind.chance**fitting <= _BY_CHANCE
    return fitting if expected else 0


def _any(texts: list[str]) -> Mask:
    return np.ones(len(texts), dtype=bool)


def _digits(texts: list[str]) -> Digits:
    """The digits of each text, of shape (texts, digits); all texts must have the same number of digits."""
    squeezed = [re.sub(r"\D", "", text) for text in texts]
    return np.array([[int(c) for c in text] for text in squeezed], dtype=np.int64)


def _is_date(day: int, month: int) -> bool:
    try:
        return date(2000, month, day) is not None  # a leap year, so that 29 February is valid
    except ValueError:
        return False


def _day_first(texts: list[str]) -> Mask:
    return np.array([_is_date(int(t[:2]), int(t[2:4])) for t in texts], dtype=bool)


def _weighted(
    weights: tuple[int, ...], modulus: int, right: Callable[[Digits], Mask]
) -> Callable[[list[str]], Mask]:
    """A check on the remainder of the weighted sum of the first digits; `right` gets (remainder, digits...)."""

    def fits(texts: list[str]) -> Mask:
        digits = _digits(texts)
        rest = digits[:, : len(weights)] @ np.array(weights) % modulus
        return right(np.column_stack([rest, digits]))

    return fits


def _nhs(found: Digits) -> Mask:
    """11 minus the remainder is the last digit; 11 means 0, and 10 is invalid."""
    mask: Mask = (11 - found[:, 0]) % 11 == found[:, -1]
    return mask


def _zero_remainder(found: Digits) -> Mask:
    mask: Mask = found[:, 0] == 0
    return mask


def _luhn(texts: list[str]) -> Mask:
    digits = _digits(texts)[:, ::-1].copy()
    doubled = digits[:, 1::2] * 2
    digits[:, 1::2] = doubled - 9 * (doubled > 9)
    mask: Mask = digits.sum(axis=1) % 10 == 0
    return mask


def _cpr(texts: list[str]) -> Mask:
    """Denmark, as issued until 2007: day, month, year, and a weighted sum of all ten digits."""
    return _day_first(texts) & _weighted((4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11, _zero_remainder)(texts)


def _personnummer(texts: list[str]) -> Mask:
    """Sweden: year, month, day and four digits, the last ten by Luhn."""
    ten = [re.sub(r"\D", "", t)[-10:] for t in texts]
    dated = np.array([_is_date(int(t[4:6]), int(t[2:4])) for t in ten], dtype=bool)
    fits: Mask = dated & _luhn(ten)
    return fits


def _fodselsnummer(texts: list[str]) -> Mask:
    """Norway: day, month, year, and two check digits."""
    first = _weighted((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 11, _zero_remainder)(texts)
    second = _weighted((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11, _zero_remainder)(texts)
    fits: Mask = _day_first(texts) & first & second
    return fits


def _hetu(texts: list[str]) -> Mask:
    """Finland: day, month, year, a sign of the century, a number and a check character."""
    signs = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    right = [signs[int(t[:6] + t[7:10]) % 31] == t[10] for t in texts]
    fits: Mask = _day_first(texts) & np.array(right, dtype=bool)
    return fits


def _nir(texts: list[str]) -> Mask:
    """France: 13 digits and 97 minus their remainder modulo 97."""
    plain = [re.sub(r"\s", "", t) for t in texts]
    return np.array([97 - int(t[:13]) % 97 == int(t[13:]) for t in plain], dtype=bool)


def _kvnr(texts: list[str]) -> Mask:
    """Germany, health insurance: a letter as two digits, then digits, every second doubled, the last by their sum."""
    digits = np.array([[int(c) for c in f"{ord(t[0]) - 64:02d}{t[1:]}"] for t in texts], dtype=np.int64)
    doubled = digits[:, :10] * np.array([1, 2] * 5)
    mask: Mask = (doubled // 10 + doubled % 10).sum(axis=1) % 10 == digits[:, 10]
    return mask


def _dni(texts: list[str]) -> Mask:
    """Spain: eight digits (or a letter and seven) and a check letter."""
    plain = [
        t.replace("-", "").translate(str.maketrans("XYZ", "012", "")) if t[0] in "XYZ" else t for t in texts
    ]
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    return np.array(
        [letters[int(re.sub(r"\D", "", p)) % 23] == t[-1] for p, t in zip(plain, texts, strict=True)], bool
    )


def _cpf(texts: list[str]) -> Mask:
    """Brazil: nine digits and two check digits."""
    digits = _digits(texts)
    first = digits[:, :9] @ np.arange(10, 1, -1) * 10 % 11 % 10
    second = digits[:, :10] @ np.arange(11, 1, -1) * 10 % 11 % 10
    mask: Mask = (first == digits[:, 9]) & (second == digits[:, 10])
    return mask


_SSN = (
    r"(?:00[1-9]|0[1-9]\d|[1-578]\d{2}|6[0-57-9]\d|66[0-57-9])-(?:0[1-9]|[1-9]\d)-"
    r"(?:\d{3}[1-9]|\d{2}[1-9]0|\d[1-9]00|[1-9]000)"
)
_TELEPHONE = (
    r"\+\d[\d ()./-]{6,17}\d|"
    r"(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}"
)
_NHS = _weighted((10, 9, 8, 7, 6, 5, 4, 3, 2), 11, _nhs)
_BSN = _weighted((9, 8, 7, 6, 5, 4, 3, 2, -1), 11, _zero_remainder)
_PESEL = _weighted((1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10, _zero_remainder)
_AHV = _weighted((1, 3) * 6 + (1,), 10, _zero_remainder)
_FORMATS: tuple[tuple[str, str, Callable[[list[str]], Mask], float], ...] = (
    ("e-mail addresses", r"[^@\s]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", _any, 0),
    ("social security numbers (US)", _SSN, _any, 0),
    ("telephone numbers", _TELEPHONE, _any, 0),
    ("national insurance numbers (UK)", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D]", _any, 0),
    ("tax codes (Italy)", r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", _any, 0),
    ("civil registration numbers (Denmark)", r"\d{6}-\d{4}", _day_first, 0.04),
    ("civil registration numbers (Denmark)", r"\d{10}", _cpr, 0.004),
    ("personal identity numbers (Sweden)", r"(?:\d{2})?\d{6}[-+]?\d{4}", _personnummer, 0.004),
    ("personal identity codes (Finland)", r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", _hetu, 0.002),
    ("national identity numbers (Norway)", r"\d{6} ?\d{5}", _fodselsnummer, 0.0005),
    ("NHS numbers", r"\d{3}[ -]?\d{3}[ -]?\d{4}", _NHS, 1 / 11),
    ("social security numbers (France)", r"[1278](?: ?\d{2}){3}(?: ?\d{3}){2} ?\d{2}", _nir, 1 / 97),
    ("health insurance numbers (Germany)", r"[A-Z]\d{9}", _kvnr, 0.1),
    ("citizen service numbers (Netherlands)", r"\d{9}", _BSN, 1 / 11),
    ("national identity numbers (Spain)", r"(?:\d{8}|[XYZ]-?\d{7})-?[A-Z]", _dni, 1 / 23),
    ("national identification numbers (Poland)", r"\d{11}", _PESEL, 0.1),
    ("taxpayer numbers (Brazil)", r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", _cpf, 0.01),
    ("social insurance numbers (Switzerland)", r"756\.?\d{4}\.?\d{4}\.?\d{2}", _AHV, 0.1),
    ("social insurance numbers (Canada)", r"\d{3}[ -]?\d{3}[ -]?\d{3}", _luhn, 0.1),
)
FORMATS = tuple(
    NumberFormat(name=n, regex=regex, fits=fits, chance=chance) for n, regex, fits, chance in _FORMATS
)
"""The formats, the unambiguous ones first; the first one (e-mail) is searched in all text columns."""


_NAMES = frozenset(
    """
    name fullname firstname lastname middlename maidenname birthname surname forename givenname familyname
    initials nickname nameofpatient nextofkin emergencycontact guardian mothername fathername mothersmaidenname
    mrn medicalrecordnumber medicalrecordno hospitalnumber hospitalno chartnumber
    ssn socialsecuritynumber socialsecurityno socialsecurity nationalid nationalidnumber nationalinsurancenumber
    nino nir nhsnumber nhsno nhs chinumber hcn healthcardnumber healthinsurancenumber insurancenumber insuranceno
    insuranceid policynumber beneficiarynumber medicarenumber medicaidnumber taxid taxnumber
    passport passportnumber passportno licensenumber licencenumber drivinglicence driverslicense driverlicense
    accountnumber iban creditcard creditcardnumber
    email mail emailaddress mailaddress phone phonenumber phoneno telephone telephonenumber tel mobile mobilephone
    mobilenumber cellphone cellnumber fax faxnumber homephone workphone contactnumber
    address addr homeaddress streetaddress postaladdress mailingaddress address1 address2 addressline addressline1
    addressline2 street streetname housenumber zip zipcode postcode postalcode
    ipaddress macaddress deviceserialnumber vehicleid licenseplate numberplate
    photo photograph facephoto fingerprint voiceprint url homepage website latitude longitude gpscoordinates
    nachname vorname zuname geburtsname strasse hausnummer plz postleitzahl telefon telefonnummer handynummer
    versichertennummer versicherungsnummer krankenversicherungsnummer sozialversicherungsnummer
    prenom nomdefamille nomdenaissance adresse codepostal numerodesecuritesociale courriel
    apellido apellidos nombre nombrecompleto direccion codigopostal telefono
    cognome codicefiscale indirizzo achternaam voornaam geboortenaam adres burgerservicenummer bsn
    """.split()  # noqa: SIM905 - words read better without a hundred pairs of quotes
)
_PERSON_PREFIX = re.compile(
    r"^(?:the)?(?:patients?|pats?|pt|persons?|subjects?|participants?|clients?|members?)(?:s)?"
)


def identifies_people(name: str) -> bool:
    """Whether a column of this name identifies people directly; case and punctuation are ignored."""
    squeezed = re.sub(r"[\W_]+", "", name.casefold())
    return squeezed in _NAMES or _PERSON_PREFIX.sub("", squeezed, count=1) in _NAMES
