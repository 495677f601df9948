"""Events stay on this machine unless another one is named twice."""

import pytest

from orchestration.errors import StudyError
from orchestration.openlineage.target import HOST_VARIABLE, VARIABLE, target


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(HOST_VARIABLE, raising=False)


def test_no_event_is_asked_for_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert target() is None
    monkeypatch.setenv(VARIABLE, "")
    assert target() is None


@pytest.mark.parametrize(
    "given", ["/var/log/events.jsonl", "http://127.0.0.1:5000", "http://localhost:5000", "http://[::1]:5000"]
)
def test_a_file_and_a_collector_on_this_machine_are_taken(given: str, monkeypatch) -> None:
    monkeypatch.setenv(VARIABLE, given)
    assert target() == given


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://collector.example", HOST_VARIABLE),
        ("http://127.0.0.1.example", HOST_VARIABLE),
        ("http://127.0.0.1@collector.example:80", HOST_VARIABLE),
        ("http://10.0.0.1:5000", HOST_VARIABLE),
        ("s3://bucket/key", "must be a file"),
        ("http:///path", "must be a file"),
        ("http://[::1", "must be a file"),
    ],
)
def test_everything_else_is_refused_before_a_run(given: str, told: str, monkeypatch) -> None:
    monkeypatch.setenv(VARIABLE, given)
    with pytest.raises(StudyError, match=told) as refused:
        target()
    assert given not in str(refused.value), "a URL may hold a password"


def test_another_machine_is_taken_where_it_is_named_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "https://collector.example/ol")
    monkeypatch.setenv(HOST_VARIABLE, "Collector.example")
    assert target() == "https://collector.example/ol"
