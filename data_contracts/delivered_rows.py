"""Rows of a CSV file byte for byte as they were delivered, though its line ends were made alike for reading."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data_contracts.byte_order_mark import length_of_marks
from data_contracts.csv_layout import Layout
from data_contracts.findings import Positions


@dataclass(frozen=True)
class DeliveredRows:
    """The unpacked bytes of the file, and where its records lie once line ends are one character each."""

    content: bytes
    where: Layout

    def text(self, positions: Positions) -> list[str]:
        """The rows without their line end. The file is UTF-8, so encoding a text gives its very bytes."""
        starts = self._delivered(self.where.starts[1:][positions])
        ends = self._delivered(self.where.ends[1:][positions])
        return [self.content[a:b].decode("utf-8") for a, b in zip(starts, ends, strict=True)]

    def _delivered(self, places: Positions) -> Positions:
        """Places in the read text as places in the file: each CRLF before them was one character longer."""
        return places + self._mark + np.searchsorted(self._shortened, places)

    @cached_property
    def _mark(self) -> int:
        return length_of_marks(self.content)

    @cached_property
    def _shortened(self) -> Positions:
        """Where, in the read text, line ends stand that were two characters in the file."""
        if b"\r\n" not in self.content:
            return np.empty(0, dtype=np.int64)
        buffer = np.frombuffer(self.content, dtype=np.uint8)[self._mark :]
        returns = np.flatnonzero((buffer[:-1] == 13) & (buffer[1:] == 10))
        return returns - np.arange(len(returns))
