"""The language and the number format of the reader who is served: the browser's, or one chosen by hand.

Each language is a folder of `dashboard/locales`. Its catalogue is read as the translator wrote it, so that nothing has
to be compiled at installation.
"""

import gettext
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
FOLDER = Path(__file__).parents[1] / "locales"
LANGUAGES = (SOURCE, *sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
DEFAULT = Locale.parse("en-GB", sep="-")

_current: ContextVar[Locale] = ContextVar("locale", default=DEFAULT)


def negotiated(browser: str | None, chosen: str | None = None) -> Locale:
    """The locale to use.

    Args:
        browser: the browser's language tag, such as "de-AT".
        chosen: a language of `LANGUAGES` chosen by hand; None for the browser's.

    Returns:
        The browser's locale where its language is the one to use, for its number format; else that of the language
        chosen, or English.

    """
    asked = _parsed(browser)
    language = chosen or (asked.language if asked else SOURCE)
    if asked is not None and asked.language == language and language in LANGUAGES:
        return asked
    return Locale(language) if language in LANGUAGES and language != SOURCE else DEFAULT


def use(locale: Locale) -> None:
    """Show everything in this locale from here on, in this thread."""
    _current.set(locale)


def current() -> Locale:
    """The locale in use."""
    return _current.get()


def translations() -> gettext.NullTranslations:
    """The catalogue of the language in use; an empty one for English."""
    return catalogue(current().language)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language of `LANGUAGES`."""
    if language == SOURCE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path_of(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def path_of(language: str) -> Path:
    """The file in which a translator writes."""
    return FOLDER / language / "LC_MESSAGES" / "dashboard.po"


def _parsed(tag: str | None) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-") if tag else None
    except (UnknownLocaleError, ValueError):
        return None
