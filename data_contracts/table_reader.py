"""From a snapshot's bytes to a delivery, by its form."""

from data_contracts.csv_reader import read_csv
from data_contracts.delivery import Delivery
from data_contracts.parquet_reader import read_parquet
from data_contracts.snapshot import Snapshot
from data_contracts.terms import Table


def read_snapshot(snapshot: Snapshot, table: Table) -> Delivery:
    """The delivered rows; raises `RejectedError` where none can be trusted."""
    return read_csv(snapshot, table) if snapshot.form == "csv" else read_parquet(snapshot)
