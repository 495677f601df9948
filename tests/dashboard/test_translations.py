"""Texts: all of them are messages, every message is translated, and pages speak the reader's language."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import dashboard
from dashboard.charts.axes import number_locale
from dashboard.wording import language, names, numbers, people, times
from tests.dashboard.opened_pages import opened, words

FOLDER = Path(dashboard.__file__).parent
KEYWORDS = {"Message": None, "Plural": (1, 2)}
TRANSLATED = [name for name in language.LANGUAGES if name != language.SOURCE]
PROSE = re.compile(r"[A-Za-z]{2,}[,.;:]? (?:[a-z] )?[a-z]{2,}|^[A-Z][a-z]+$")
NO_PROSE = {"Color": "part of an option's name", "meta-med run --study ": "a command"}
NO_TEXT = {"logger", "add_argument", "ArgumentParser", "ExprRef"}


@pytest.fixture
def german() -> Iterator[None]:
    language.use(Locale("de"))
    yield
    language.use(language.DEFAULT)


def messages() -> list[str | tuple[str, ...]]:
    """Every message of the source, as `make messages` finds them."""
    found = extract_from_dir(str(FOLDER), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return [message for _, _, message, _, _ in found]


def catalogue(name: str) -> Catalog:
    with language.path_of(name).open("rb") as file:
        return read_po(file, locale=name)


def texts(message: str | tuple[str, ...] | list[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def test_german_is_there_as_proof() -> None:
    assert "de" in TRANSLATED
    assert len(messages()) > 300


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_message_is_translated_and_nothing_else_is_in_the_catalogue(name: str) -> None:
    entries = {entry.id: entry for entry in catalogue(name) if entry.id}
    assert set(entries) == set(messages())
    assert [id_ for id_, entry in entries.items() if entry.fuzzy or not all(texts(entry.string))] == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_translations_have_the_same_places(name: str) -> None:
    def places(text: str) -> set[str]:
        return {field for _, field, _, _ in Formatter().parse(text) if field is not None}

    for entry in catalogue(name):
        if entry.id:
            wanted = set.union(*map(places, texts(entry.id)))
            assert all(places(text) == wanted for text in texts(entry.string)), entry.id


def test_no_message_is_left_over() -> None:
    sources = "\n".join(path.read_text() for path in FOLDER.rglob("*.py"))
    defined = re.findall(r"^([A-Z_]+(?:, [A-Z_]+)*) = (?:Message|Plural)\(", sources, re.M)
    unused = [n for line in defined for n in line.split(", ") if len(re.findall(rf"\b{n}\b", sources)) < 2]
    assert unused == []


def is_prose(text: str) -> bool:
    return PROSE.search(text) is not None and text not in NO_PROSE


def prose_of(path: Path) -> list[str]:
    """The string constants of a module that read like text, without docstrings, log lines and exceptions."""
    found: list[str] = []

    def walk(node: ast.AST) -> None:
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and names_in(node.func) & NO_TEXT):
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_prose(node.value):
            found.append(node.value)
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(ast.parse(path.read_text()))
    return found


def names_in(node: ast.AST) -> set[str]:
    """Names and attributes of the function that is called."""
    return {getattr(n, "id", "") or getattr(n, "attr", "") for n in ast.walk(node)}


def for_operators(path: Path) -> bool:
    """Log-in, the audit and the bench speak to operators of commands, in English as every command; pages do not."""
    return path.parent in {FOLDER / "access", FOLDER / "audit", FOLDER / "bench"}


def test_prose_is_found() -> None:
    assert PROSE.search("Select a row")
    assert PROSE.search("Predicted")
    assert not PROSE.search("cards_wide")


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(FOLDER.rglob("*.py")) if not for_operators(p) and "wording" not in p.parts],
    ids=lambda path: str(path.relative_to(FOLDER)),
)
def test_no_page_holds_a_text_of_its_own(path: Path) -> None:
    assert prose_of(path) == []


def test_no_text_calls_a_prediction_safe_or_normal() -> None:
    reassuring = re.compile(
        r"\b(safe|safely|normal|harmless|healthy|sicher|unbedenklich|gesund|harmlos)\b", re.I
    )
    assert [m for m in messages() if any(reassuring.search(text) for text in texts(m))] == []
    translated = [entry.string for name in TRANSLATED for entry in catalogue(name) if entry.id]
    assert [m for m in translated if any(reassuring.search(text) for text in texts(m))] == []


def test_a_withheld_prediction_is_no_low_risk_result(store: str) -> None:
    said = words(opened("patient", store, patient="P0004"))
    assert said.count("No prediction is not a low-risk result.") >= 7
    assert "This is not a low-risk result." in said


@pytest.mark.parametrize(
    ("browser", "chosen", "locale"),
    [
        ("de-AT", None, "de_AT"), ("de", None, "de"), ("en-US", None, "en_US"), ("fr-FR", None, "en_GB"),
        ("fr-FR", "de", "de"), ("de-CH", "en", "en_GB"), ("de-CH", "de", "de_CH"), (None, None, "en_GB"),
        ("nonsense-tag-of-a-browser", None, "en_GB"), ("", "de", "de"),
    ],
)  # fmt: skip
def test_the_browser_chooses_the_language_unless_the_reader_does(
    browser: str | None, chosen: str | None, locale: str
) -> None:
    assert str(language.negotiated(browser, chosen)) == locale


@pytest.mark.usefixtures("german")
def test_numbers_dates_and_durations_are_german() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert numbers.quantity(1234.5, "mg/dL", 1) == "1.234,5 mg/dL"
    assert numbers.interval(0.5, 1.5, "s") == "0,50 bis 1,50 s"
    assert numbers.frequency(0.31) == "etwa 3 von 10"
    assert times.duration(1000) == "2,7 Jahre"
    assert [times.ago(now - timedelta(hours=h), now) for h in (3, 24 * 9)] == ["vor 3 Stunden", "vor 9 Tagen"]
    assert times.day(now.date()) == "1. März 2026"
    assert people.patients(1200) == "1.200 Patienten"
    assert names.predictor_label("last_value") == "Letzter Wert fortgeschrieben"
    assert number_locale()["number"]["decimal"] == ","


ENGLISH = [
    text for message in messages() for text in texts(message) if len(text.split()) > 2 and "{" not in text
]


@pytest.mark.parametrize(
    "view", ["worklist", "patient", "model", "data_quality", "overview.cohort", "overview.pipeline"]
)
def test_a_german_page_has_no_english_message(view: str, store: str) -> None:
    def script(view: str, url: str) -> None:
        import importlib

        from babel import Locale

        from dashboard import page_parts, session
        from dashboard import release as served
        from dashboard.access.authorize import everything
        from dashboard.wording import language

        language.use(Locale("de"))
        shown = served.current_release(url, "pbc", everything("tests"))
        page_parts.banner(shown)
        session.open_patient(shown, "P0002")
        session.arrive()
        importlib.import_module(f"dashboard.views.{view}").show(
            shown, **({"patient_page": None} if view == "worklist" else {})
        )
        page_parts.foot()

    from streamlit.testing.v1 import AppTest

    test = AppTest.from_function(script, default_timeout=60, args=(view, store)).run()
    assert not test.exception
    shown = words(test) + "".join(table.value.to_csv() for table in [*test.table, *test.dataframe])
    assert "Texte der Veröffentlichung" in shown
    assert [text for text in ENGLISH if text in shown] == []
