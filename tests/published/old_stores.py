"""Stores as programs of earlier schemas wrote them: `schemas/*.sql` was published by their own code.

Each holds two releases of six invented patients, of which the second was taken back by a rollback.
"""

import sqlite3
from contextlib import closing
from functools import reduce
from pathlib import Path
from urllib.parse import urlsplit

from meta_med.published.engine import parse, sqlite_path

FOLDER = Path(__file__).with_name("schemas")
SCHEMAS = ("1", "2", "3", "4", "4_cross_fitted", "5", "8", "11", "12")


def written(url: str, schema: str) -> str:
    """Make the store of this schema at `url`."""
    text = (FOLDER / f"schema_{schema}.sql").read_text(encoding="utf-8")
    path = sqlite_path(parse(url))
    if path is None:
        _on_server(url, text)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(text)
    return url


def _on_server(url: str, text: str) -> None:
    """The same text in the words of PostgreSQL, whose tables are all without row ids."""
    import psycopg2

    place = urlsplit(url)
    words = {" DOUBLE": " DOUBLE PRECISION", "BEGIN TRANSACTION;": "BEGIN;", " WITHOUT ROWID\n": ""}
    sql = reduce(lambda sql, word: sql.replace(*word), words.items(), text)
    with closing(
        psycopg2.connect(host=place.hostname, port=place.port, user="meta", dbname=place.path[1:])
    ) as connection:
        connection.autocommit = True
        connection.cursor().execute(sql)
