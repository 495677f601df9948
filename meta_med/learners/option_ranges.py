"""Ranges of the learners' options."""

from collections.abc import Mapping


def check_ranges(
    *,
    at_least_0: Mapping[str, int] | None = None,
    at_least_1: Mapping[str, int] | None = None,
    positive: Mapping[str, float] | None = None,
    not_negative: Mapping[str, float] | None = None,
) -> None:
    """Refuse options outside their range.

    Raises:
        ValueError: names the option, the range and what came.

    """
    for least, options in ((0, at_least_0), (1, at_least_1)):
        for name, whole in (options or {}).items():
            if not isinstance(whole, int) or isinstance(whole, bool) or whole < least:
                raise ValueError(f"{name}: must be a whole number >= {least}, got {whole!r}")
    for name, value in (positive or {}).items():
        if not _is_number(value) or not 0.0 < value < float("inf"):
            raise ValueError(f"{name}: must be a finite number > 0, got {value!r}")
    for name, value in (not_negative or {}).items():
        if not _is_number(value) or not 0.0 <= value < float("inf"):
            raise ValueError(f"{name}: must be a finite number >= 0, got {value!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
