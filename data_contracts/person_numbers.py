"""Identifiers that look like a person's own number: of an insurance, a national register, a telephone, an e-mail.

A shape that nothing else has (an address with @, 123-45-6789) is told wherever it stands. A shape that other numbers
have too (ten digits) is told where check digits fit so often that chance does not explain it: an NHS number ends in a
digit that one in eleven other numbers would end in as well.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from data_contracts.checks import CheckSpec
from data_contracts.coded import coded
from data_contracts.contract_relations import naming_columns
from data_contracts.findings import Note
from data_contracts.typing_rules import Mask
from data_contracts.view import View, on_column

Digits = npt.NDArray[np.int64]
_BY_CHANCE = 1e-4
"""How rarely chance alone may fit so many check digits, for the column to be told."""
_ENOUGH = 0.8
"""Of the identifiers of the shape so many must fit: a list of people's numbers has few slips."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One kind of number. `chance` is how often a text of this shape fits by accident; 0 is never."""

    name: str
    regex: str
    fits: Callable[[list[str]], Mask]
    chance: float = 0.0


def no_person_numbers(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No identifier is a number by which anybody could find the person; of other texts, no e-mail address."""
    naming = {c.name for c in naming_columns(view.table)}
    for column in view.table.columns:
        if column.kind != "string" or column.name not in view.frame:
            continue
        found = coded(view.values(column.name))
        texts = found.values[found.counts() > 0]
        for shape in SHAPES if column.name in naming else SHAPES[:1]:
            count = _count(shape, texts)
            if count:
                told = f"{count:,} of {len(texts):,} values of {column.name!r} look like {shape.name}"
                message = f"{told}: use an identifier that says nothing outside of the study."
                yield on_column(spec, message, count)
                break


def _count(shape: Shape, texts: "np.ndarray[object, np.dtype[np.object_]]") -> int:
    """How many of the texts look like it; 0 where chance explains them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pa.array(np.asarray(texts, dtype=object), type=pa.string())
    shaped = cells.filter(pc.match_substring_regex(cells, rf"^(?:{shape.regex})$")).to_pylist()
    if not shaped:
        return 0
    fitting = int(shape.fits(shaped).sum())
    if not shape.chance:
        return fitting
    expected = fitting >= _ENOUGH * len(shaped) and shape.chance**fitting <= _BY_CHANCE
    return fitting if expected else 0


def _any(texts: list[str]) -> Mask:
    return np.ones(len(texts), dtype=bool)


def _digits(texts: list[str]) -> Digits:
    """The digits alone, one row a text; all have equally many."""
    squeezed = [re.sub(r"\D", "", text) for text in texts]
    return np.array([[int(c) for c in text] for text in squeezed], dtype=np.int64)


def _is_date(day: int, month: int) -> bool:
    try:
        return date(2000, month, day) is not None  # a leap year: 29 February is a day
    except ValueError:
        return False


def _day_first(texts: list[str]) -> Mask:
    return np.array([_is_date(int(t[:2]), int(t[2:4])) for t in texts], dtype=bool)


def _weighted(
    weights: tuple[int, ...], modulus: int, right: Callable[[Digits], Mask]
) -> Callable[[list[str]], Mask]:
    """The weighted sum of the first digits leaves a rest that the function of (rest, ...) accepts."""

    def fits(texts: list[str]) -> Mask:
        digits = _digits(texts)
        rest = digits[:, : len(weights)] @ np.array(weights) % modulus
        return right(np.column_stack([rest, digits]))

    return fits


def _nhs(found: Digits) -> Mask:
    """11 minus the rest is the last digit; 11 stands for 0, and 10 for no number at all."""
    mask: Mask = (11 - found[:, 0]) % 11 == found[:, -1]
    return mask


def _nought(found: Digits) -> Mask:
    mask: Mask = found[:, 0] == 0
    return mask


def _luhn(texts: list[str]) -> Mask:
    digits = _digits(texts)[:, ::-1].copy()
    doubled = digits[:, 1::2] * 2
    digits[:, 1::2] = doubled - 9 * (doubled > 9)
    mask: Mask = digits.sum(axis=1) % 10 == 0
    return mask


def _personnummer(texts: list[str]) -> Mask:
    """Sweden: year, month, day and four digits, the last ten by Luhn."""
    ten = [re.sub(r"\D", "", t)[-10:] for t in texts]
    dated = np.array([_is_date(int(t[4:6]), int(t[2:4])) for t in ten], dtype=bool)
    return dated & _luhn(ten)


def _fodselsnummer(texts: list[str]) -> Mask:
    """Norway: day, month, year, and two check digits."""
    first = _weighted((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 11, _nought)(texts)
    second = _weighted((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11, _nought)(texts)
    return _day_first(texts) & first & second


def _hetu(texts: list[str]) -> Mask:
    """Finland: day, month, year, a sign of the century, a number and a letter or digit of check."""
    signs = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    right = [signs[int(t[:6] + t[7:10]) % 31] == t[10] for t in texts]
    return _day_first(texts) & np.array(right, dtype=bool)


def _nir(texts: list[str]) -> Mask:
    """France: 13 digits and 97 minus their rest."""
    plain = [re.sub(r"\s", "", t) for t in texts]
    return np.array([97 - int(t[:13]) % 97 == int(t[13:]) for t in plain], dtype=bool)


def _kvnr(texts: list[str]) -> Mask:
    """Germany, health insurance: a letter as two digits, then digits, every second doubled, the last by their sum."""
    digits = np.array([[int(c) for c in f"{ord(t[0]) - 64:02d}{t[1:]}"] for t in texts], dtype=np.int64)
    doubled = digits[:, :10] * np.array([1, 2] * 5)
    mask: Mask = (doubled // 10 + doubled % 10).sum(axis=1) % 10 == digits[:, 10]
    return mask


def _dni(texts: list[str]) -> Mask:
    """Spain: eight digits (or a letter and seven) and a letter of check."""
    plain = [
        t.replace("-", "").translate(str.maketrans("XYZ", "012", "")) if t[0] in "XYZ" else t for t in texts
    ]
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    return np.array(
        [letters[int(re.sub(r"\D", "", p)) % 23] == t[-1] for p, t in zip(plain, texts, strict=True)], bool
    )


def _cpf(texts: list[str]) -> Mask:
    """Brazil: nine digits and two of check."""
    digits = _digits(texts)
    first = digits[:, :9] @ np.arange(10, 1, -1) * 10 % 11 % 10
    second = digits[:, :10] @ np.arange(11, 1, -1) * 10 % 11 % 10
    mask: Mask = (first == digits[:, 9]) & (second == digits[:, 10])
    return mask


SHAPES: tuple[Shape, ...] = (
    Shape(name="e-mail addresses", regex=r"[^@\s]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", fits=_any),
    Shape(name="social security numbers (US)",
          regex=r"(?:00[1-9]|0[1-9]\d|[1-578]\d{2}|6[0-57-9]\d|66[0-57-9])-(?:0[1-9]|[1-9]\d)-(?:\d{3}[1-9]|\d{2}[1-9]0|\d[1-9]00|[1-9]000)",
          fits=_any),
    Shape(name="telephone numbers",
          regex=r"\+\d[\d ()./-]{6,17}\d|(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}", fits=_any),
    Shape(name="national insurance numbers (UK)", regex=r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
          fits=_any),
    Shape(name="civil registration numbers (Denmark)", regex=r"\d{6}-\d{4}", fits=_day_first, chance=0.04),
    Shape(name="civil registration numbers (Denmark)", regex=r"\d{10}",
          fits=lambda texts: _day_first(texts) & _weighted((4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11, _nought)(texts), chance=0.004),
    Shape(name="personal identity numbers (Sweden)", regex=r"(?:\d{2})?\d{6}[-+]?\d{4}", fits=_personnummer, chance=0.004),
    Shape(name="personal identity codes (Finland)", regex=r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", fits=_hetu, chance=0.002),
    Shape(name="national identity numbers (Norway)", regex=r"\d{6} ?\d{5}", fits=lambda texts: _fodselsnummer(
        [re.sub(r"\D", "", t) for t in texts]), chance=0.0005),
    Shape(name="NHS numbers", regex=r"\d{3}[ -]?\d{3}[ -]?\d{4}", fits=_weighted((10, 9, 8, 7, 6, 5, 4, 3, 2), 11, _nhs),
          chance=1 / 11),
    Shape(name="social security numbers (France)", regex=r"[1278] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3} ?\d{2}", fits=_nir,
          chance=1 / 97),
    Shape(name="health insurance numbers (Germany)", regex=r"[A-Z]\d{9}", fits=_kvnr, chance=0.1),
    Shape(name="citizen service numbers (Netherlands)", regex=r"\d{9}",
          fits=_weighted((9, 8, 7, 6, 5, 4, 3, 2, -1), 11, _nought), chance=1 / 11),
    Shape(name="national identity numbers (Spain)", regex=r"(?:\d{8}|[XYZ]-?\d{7})-?[A-Z]", fits=_dni, chance=1 / 23),
    Shape(name="tax codes (Italy)", regex=r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", fits=_any),
    Shape(name="national identification numbers (Poland)", regex=r"\d{11}",
          fits=_weighted((1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10, _nought), chance=0.1),
    Shape(name="taxpayer numbers (Brazil)", regex=r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", fits=_cpf, chance=0.01),
    Shape(name="social insurance numbers (Switzerland)", regex=r"756\.?\d{4}\.?\d{4}\.?\d{2}",
          fits=_weighted((1, 3) * 6 + (1,), 10, _nought), chance=0.1),
    Shape(name="social insurance numbers (Canada)", regex=r"\d{3}[ -]?\d{3}[ -]?\d{3}", fits=_luhn, chance=0.1),
)  # fmt: skip
"""The shapes, those without any doubt first; the first one is looked for in every text."""
