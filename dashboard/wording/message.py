"""A text of the dashboard: written in English, translated when it is shown.

`pybabel extract` finds each `Message` and `Plural` by its name, so their arguments are literal texts.
"""

from collections.abc import Mapping

from babel.numbers import format_decimal

from dashboard.wording import language


class Message:
    """A text with named places, such as "Page {page} of {pages}"."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, **values: str | int) -> str:
        """The text in the language in use; whole numbers as this language writes them."""
        return language.translations().gettext(self.text).format(**_shown(values))


class Plural:
    """A text that depends on a count, "{n} patient" or "{n} patients"."""

    def __init__(self, one: str, many: str) -> None:
        self.one, self.many = one, many

    def __call__(self, n: int, **values: str | int) -> str:
        """The text for `n` in the language in use."""
        found = language.translations().ngettext(self.one, self.many, n)
        return found.format(**_shown({"n": n, **values}))


def label(names: Mapping[str, Message], code: str) -> str:
    """The name of a code; of an unknown code, the code in plain letters."""
    return names[code]() if code in names else code.replace("_", " ").capitalize()


def _shown(values: Mapping[str, str | int]) -> dict[str, str]:
    return {
        name: format_decimal(value, locale=language.current()) if isinstance(value, int) else value
        for name, value in values.items()
    }
