"""The entry: `streamlit run dashboard/app.py` (see `dashboard.launch` for the flags)."""

import logging
import secrets
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import colours, page_parts, session, soundness
from dashboard.access import entrance, record
from dashboard.access.authorize import ANYWHERE, Action, Denied, User, authorize
from dashboard.access.entrance import Refused, Visitor
from dashboard.audit.errors import AuditError
from dashboard.pipeline import read
from dashboard.release import Served, current_release, store_url, studies
from dashboard.turns import turn
from dashboard.views import data_quality, model, patient, worklist
from dashboard.views.access import audit, badge, feedback, refused
from dashboard.views.overview import cohort, pipeline
from dashboard.wording import language, shell
from dashboard.wording.access import audit as audit_words
from dashboard.wording.access import feedback as feedback_words
from dashboard.wording.overview import cohort as cohort_words
from dashboard.wording.overview import pipeline as pipeline_words
from meta_med.published.errors import StoreError

logger = logging.getLogger("dashboard")
STATIC = Path(__file__).with_name("static")
PATHS = ("worklist", "patient", "cohort", "model", "data-quality", "pipeline", "feedback", "audit")
# pages that write to the audit whom they show
OF_PATIENTS = frozenset({Action.WORKLIST, Action.PATIENT})


def main() -> None:
    """Sets language and colours, finds out who is there, and runs the page that the address names."""
    st.set_page_config(page_title="Meta-Med", page_icon=str(STATIC / "favicon.png"), layout="wide")
    dark = st.context.theme.type == "dark"
    language.use(session.locale())
    colours.use(colours.DARK if dark else colours.LIGHT)
    st.logo(str(STATIC / ("logo_dark.svg" if dark else "logo.svg")), size="large")
    page_parts.style()
    try:
        found = entrance.visitor()
    except AuditError as error:
        _nobody(partial(refused.audit_failed, error))
        return
    if isinstance(found, Refused):
        _nobody(partial(refused.show, found))
        return
    badge.show(found)
    _pages(found).run()


def _nobody(show: Callable[[], None]) -> None:
    """Every address shows the same, and no page is named."""
    pages = [
        st.Page(show, title="Meta-Med", url_path=path, default=not path, visibility="hidden")
        for path in ("", *PATHS)
    ]
    st.navigation(pages, position="hidden").run()


def _pages(visitor: Visitor) -> st.Page:
    """The pages; those that no role of the user allows are not named, and say so when they are addressed."""

    def page(action: Action, title: str, path: str, show: Callable[[], None]) -> st.Page:
        allowed = visitor.user.may(action)
        run = partial(_run, visitor, action, show)
        return st.Page(run, title=title, url_path=path, visibility="visible" if allowed else "hidden")

    def of_release(show: Callable[[Served], None], action: Action) -> Callable[[], None]:
        return partial(_with_release, visitor, action, show)

    one = page(Action.PATIENT, shell.PATIENT(), "patient", of_release(patient.show, Action.PATIENT))
    rows = partial(worklist.show, patient_page=one)
    listed = page(Action.WORKLIST, shell.WORKLIST(), "worklist", of_release(rows, Action.WORKLIST))
    named = [
        listed,
        one,
        page(Action.COHORT, cohort_words.TITLE(), "cohort", of_release(cohort.show, Action.COHORT)),
        page(Action.MODEL, shell.MODEL(), "model", of_release(model.show, Action.MODEL)),
        page(
            Action.QUALITY,
            shell.DATA_QUALITY(),
            "data-quality",
            of_release(data_quality.show, Action.QUALITY),
        ),
        page(Action.PIPELINE, pipeline_words.TITLE(), "pipeline", of_release(pipeline.show, Action.PIPELINE)),
        page(Action.LIST_FEEDBACK, feedback_words.TITLE(), "feedback", partial(_feedback, visitor.user)),
        page(Action.AUDIT, audit_words.TITLE(), "audit", partial(_audit, visitor.user)),
    ]
    first = next((p for p in named if p.visibility == "visible"), listed)
    # Streamlit gives its default page no address of its own, so that page only leads to the first one
    start = st.Page(partial(st.switch_page, first), title="Meta-Med", default=True, visibility="hidden")
    return st.navigation([start, *named], position="top")


def _run(visitor: Visitor, action: Action, show: Callable[[], None]) -> None:
    """One page, if a role allows it; else that it does not, or why it cannot be shown."""
    if action is not Action.WORKLIST:
        session.arrive()
    try:
        authorize(visitor.user, action, ANYWHERE)
        show()
    except Denied as refusal:
        _denied(refusal, visitor)
    except AuditError as error:
        refused.audit_failed(error)
    except StoreError as error:
        page_parts.unreadable(error)
    except Exception as error:
        # An exception's text may hold a patient's value, so neither the page nor the log gets it: its type and
        # location are logged under a reference that the page shows.
        page_parts.failed(_logged(error))


def _denied(refusal: Denied, visitor: Visitor) -> None:
    with suppress(AuditError):  # nothing is shown, with or without an entry
        record.denied(refusal)
    refused.denied(refusal, visitor)


def _with_release(visitor: Visitor, action: Action, show: Callable[[Served], None]) -> None:
    """Selects the release, verifies it, and shows one page of it under its banner."""
    url, user = store_url(), visitor.user
    published = studies(url, user)
    served = current_release(url, session.chosen_study(published), user) if published else None
    if served is None:
        page_parts.no_release(None, may_publish=visitor.access is None)
        return
    grant = authorize(user, action, served.scope)
    if action not in OF_PATIENTS:
        record.shown(grant, release=served.release_id)
    soundness.require_sound(served)
    page_parts.banner(served, trained=read.trained(served))
    show(served)
    page_parts.foot()


def _feedback(user: User) -> None:
    feedback.show(user, studies(store_url(), user))
    page_parts.foot()


def _audit(user: User) -> None:
    audit.show(user)
    page_parts.foot()


def _logged(error: Exception) -> str:
    reference = secrets.token_hex(4)
    places = [
        f"{Path(part.filename).name}:{part.lineno}" for part in traceback.extract_tb(error.__traceback__)
    ]
    logger.error("Page failed, reference %s: %s at %s", reference, type(error).__name__, " > ".join(places))
    return reference


if __name__ == "__main__":
    with turn():
        main()
