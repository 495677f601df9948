"""The feedback page: what readers think of predictions, for data stewards."""

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from dashboard.access import audited
from dashboard.access.authorize import User
from dashboard.wording.access import feedback as words
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label


def show(user: User, studies: Iterable[str]) -> None:
    """The newest feedback on the studies that the user may list."""
    st.title(words.TITLE())
    st.caption(words.ABOUT())
    rows = audited.listed_feedback(user, studies)
    if not rows:
        st.info(words.NONE())
    else:
        table = feedback_table(rows)
        st.dataframe(
            table, hide_index=True, alt=words.TABLE(len(table)), height=min(36 * len(table) + 40, 760)
        )
    if len(rows) == audited.MOST_FEEDBACK:
        st.caption(words.ONLY_NEWEST(n=len(rows)))
    st.caption(words.EXPORT_NOTE(command=escaped(words.EXPORT)))


def feedback_table(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """The rows as the page shows them."""
    return pd.DataFrame(
        [
            {
                words.TIME(): str(row["at"])[:19].replace("T", " "),
                words.STUDY(): row["study"],
                words.PATIENT(): row["subject_id"],
                words.OUTCOME(): row["outcome"],
                words.VERDICT(): label(words.VERDICTS, str(row["verdict"])),
                words.REASON(): label(words.REASONS, str(row["reason"])),
                words.WHO(): row["who"],
                words.RELEASE(): row["release"],
            }
            for row in rows
        ]
    )
