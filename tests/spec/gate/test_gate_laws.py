"""Laws: no row is lost, whatever is in the file; no traceback, whatever the bytes are."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from data_contracts.contract import load
from data_contracts.validation.check_table import cast, read
from tests.examples import WHOLE_RUN, examples
from tests.spec.gate.drawn_table import gate

CELLS = st.sampled_from(
    ["A", "B", "", " ", "NA", "nan", "2020-01-01", "2020-02-30", "2099-01-01", "50", "-1", "1e400", "5,5",
     '"', '""', "x;y", "\t", "=1+1", "\x00", "\u00a0A", "f", "m", "\u0639", "a\nb", "9" * 40]
)  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C"]) | CELLS,
        st.sampled_from(["2020-01-01", "2020-02-01"]) | CELLS,
        st.sampled_from(["50", "60"]) | CELLS,
        st.sampled_from(["f", "m"]) | CELLS,
    ),
    min_size=1,
    max_size=12,
)


@examples(20, WHOLE_RUN)
@given(rows=ROWS)
def test_rows_in_are_rows_accepted_and_rows_quarantined(rows: list[tuple[str, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=["patient", "day", "hdl", "sex"])
    with TemporaryDirectory() as folder:
        result = gate(Path(folder), frame.to_csv(index=False).encode())
    accepted = sum(len(t) for t in result.valid.values())
    assert result.rows_in == result.rows_accepted + result.rows_quarantined
    assert accepted == result.rows_accepted
    assert result.quarantined["line"].nunique() == result.rows_quarantined
    assert result.quarantined["raw"].notna().all()


@examples(20, WHOLE_RUN)
@given(raw=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".parquet", ".csv.gz", ".txt", ""]))
@example(raw=b"PAR1", suffix=".parquet")
@example(raw=b"\x1f\x8b", suffix=".csv.gz")
@example(raw=b'"\n', suffix=".csv")
def test_bytes_of_any_kind_are_refused_in_words(raw: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"delivery{suffix}"
        path.write_bytes(raw)
        judged = cast(read(load("pbc").tables["visits"], path))
    assert judged.rejected
    assert all(note.message for note in judged.notes)


@examples(15, WHOLE_RUN)
@given(body=st.binary(max_size=200), ending=st.sampled_from([b"\n", b""]))
def test_a_good_header_before_any_bytes_is_read_or_refused(body: bytes, ending: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "delivery.csv"
        path.write_bytes(b"id,days,event\n" + body + ending)
        judged = cast(read(load("nafld").tables["events"], path))
    assert judged.rejected or len(judged.frame.columns)
    assert len(judged.held_mask) == judged.facts.rows or judged.rejected
