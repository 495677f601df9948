"""Keeps patients' values out of PostgreSQL's own log: of a refused statement it holds the error alone.

By default the server writes the refused row and the statement beside each error. The two settings are a superuser's,
who may grant them to roles; in each connection they are set where its account may.
"""

from typing import Any

from sqlalchemy import Engine, event

SETTINGS = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
"""No details, which quote the row, and no statement, which quotes what was asked for."""
GRANTED_SINCE = 150000
"""The server's version since which settings can be granted."""
_SET = (
    "SELECT set_config(name, value, false) FROM unnest(%s, %s) AS wanted (name, value) "
    "WHERE has_parameter_privilege(name, 'SET')"
)


def without_values(engine: Engine) -> Engine:
    """The engine of a PostgreSQL server, whose new connections keep values out of the server's log."""
    event.listen(engine, "connect", _set)
    return engine


def _set(connection: Any, _record: object) -> None:
    if connection.server_version < GRANTED_SINCE:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SET, (list(SETTINGS), list(SETTINGS.values())))
    connection.commit()  # a rollback would undo what was set before it


def granted_to(roles: str) -> str:
    """SQL that lets roles use the settings; it does nothing where it is not run by a superuser, or by an old server.

    Args:
        roles: their names, quoted as SQL needs it.

    """
    grant = f"GRANT SET ON PARAMETER {', '.join(SETTINGS)} TO {roles}".replace("'", "''")
    return (
        "DO $$ BEGIN IF current_setting('is_superuser') = 'on' "
        f"AND current_setting('server_version_num')::int >= {GRANTED_SINCE} THEN EXECUTE '{grant}'; END IF; END $$"
    )
