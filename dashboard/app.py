"""The entry: `streamlit run dashboard/app.py` (see `dashboard.launch` for the flags)."""

import logging
import secrets
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import cache, colours, page_parts, session
from dashboard.release import Served, current_release, store_url, studies
from dashboard.views import data_quality, model, patient, worklist
from dashboard.wording import language, shell
from meta_med.published.errors import StoreError

logger = logging.getLogger("dashboard")
STATIC = Path(__file__).with_name("static")


def main() -> None:
    """Sets language and colours, and runs the page that the address names."""
    st.set_page_config(page_title="Meta-Med", page_icon=str(STATIC / "favicon.png"), layout="wide")
    dark = st.context.theme.type == "dark"
    language.use(session.locale())
    colours.use(colours.DARK if dark else colours.LIGHT)
    st.logo(str(STATIC / ("logo_dark.svg" if dark else "logo.svg")), size="large")
    page_parts.style()
    _pages().run()


def _pages() -> st.Page:
    def page(show: Callable[[Served], None]) -> Callable[[], None]:
        return partial(_arrive, show)

    one = st.Page(page(patient.show), title=shell.PATIENT(), url_path="patient")
    listing = partial(_run, partial(worklist.show, patient_page=one))
    listed = st.Page(listing, title=shell.WORKLIST(), url_path="worklist")
    rest = (
        st.Page(page(model.show), title=shell.MODEL(), url_path="model"),
        st.Page(page(data_quality.show), title=shell.DATA_QUALITY(), url_path="data-quality"),
    )
    # Streamlit gives its default page no address of its own, so that page only leads to the worklist
    first = st.Page(partial(st.switch_page, listed), title="Meta-Med", default=True, visibility="hidden")
    return st.navigation([first, listed, one, *rest], position="top")


def _arrive(show: Callable[[Served], None]) -> None:
    session.arrive()
    _run(show)


def _run(show: Callable[[Served], None]) -> None:
    """Selects the release, verifies it, and shows one page of it under its banner."""
    try:
        served = _chosen()
        if served is None:
            page_parts.no_release(None)
            return
        cache.verified(served.url, served.release_id)
        page_parts.banner(served)
        show(served)
        page_parts.foot()
    except StoreError as error:
        page_parts.unreadable(error)
    except Exception as error:
        # An exception's text may hold a patient's value, so neither the page nor the log gets it: its type and
        # location are logged under a reference that the page shows.
        page_parts.failed(_logged(error))


def _logged(error: Exception) -> str:
    reference = secrets.token_hex(4)
    places = [
        f"{Path(part.filename).name}:{part.lineno}" for part in traceback.extract_tb(error.__traceback__)
    ]
    logger.error("Page failed, reference %s: %s at %s", reference, type(error).__name__, " > ".join(places))
    return reference


def _chosen() -> Served | None:
    url = store_url()
    published = studies(url)
    if not published:
        return None
    return current_release(url, session.chosen_study(published))


if __name__ == "__main__":
    main()
