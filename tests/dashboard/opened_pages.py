"""Pages opened by Streamlit's own test runner, and releases published for them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

import dashboard
from dashboard import session
from meta_med.published import reader, writer
from meta_med.published.release import Release

APP = str(Path(dashboard.__file__).with_name("app.py"))


def app() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).run()


def opened(
    view: str,
    url: str,
    study: str = "pbc",
    patient: str | None = None,
    *,
    of: str | None = None,
    release: str | None = None,
    state: Mapping[str, object] | None = None,
) -> AppTest:
    """One page of the dashboard under its banner, with a patient (`of` a study and a `release`) opened before.

    `state`: what else the session has from before.
    """

    def script(view: str, url: str, study: str) -> None:
        import importlib

        from dashboard import page_parts
        from dashboard import release as served
        from dashboard.access.authorize import everything

        shown = served.current_release(url, study, everything("tests"))
        page_parts.banner(shown)
        page = importlib.import_module(f"dashboard.views.{view}")
        page.show(shown, **({"patient_page": None} if view == "worklist" else {}))

    test = AppTest.from_function(script, default_timeout=60, args=(view, url, study))
    if patient is not None:
        release = release or reader.head(url, study).release_id
        test.session_state[session.OPENED] = session.OpenedPatient(of or study, release, patient)
    for name, value in (state or {}).items():
        test.session_state[name] = value
    return test.run()


def words(test: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "text", "info", "warning", "error", "success", "code")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(test, kind)).replace("\\", "")


def published(tmp_path: Path, release: Release, at: datetime | None = None) -> str:
    url = f"sqlite:///{tmp_path / 'published.sqlite'}"
    writer.publish(url, release, at or datetime.now(UTC))
    return url


def changed(release: Release, table: str, **values: object) -> Release:
    return Release(
        release.study, {**release.frames, table: release.frames[table].assign(**values)}, release.manifest
    )
