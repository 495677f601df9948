"""The quick way of reading plain UTC times reads what the careful way reads."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.columns.parsers import parse_timestamps
from data_contracts.contract.model import Column
from tests.examples import examples

TIME = Column(name="time", kind="timestamp")
PARTS = st.tuples(
    st.sampled_from(["0000", "0001", "1599", "1600", "1900", "2021", "2199", "2200", "9999"]),
    st.sampled_from(["-01-31", "-02-29", "-02-30", "-12-31", "-13-01", "-00-10", "-04-31"]),
    st.sampled_from(["T", " "]),
    st.sampled_from(["00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:30:61", "12:30:60"]),
    st.sampled_from(["", ".5", ".123456", ".1234567"]),
)


@examples(300)
@given(parts=PARTS)
def test_quick_and_careful_reading_agree(parts: tuple[str, ...]) -> None:
    text = "".join(parts) + "Z"
    quick = parse_timestamps(pa.array([text]), TIME)
    # a time with another offset beside it sends both the careful way
    careful = parse_timestamps(pa.array([text, "2021-01-01T00:00:00+01:00"]), TIME)
    assert np.array_equal(quick.values, careful.values[:1], equal_nan=True)
    bad = [any(mask[0] for mask in parsed.bad.values()) for parsed in (quick, careful)]
    assert bad == [np.isnat(careful.values[0])] * 2
