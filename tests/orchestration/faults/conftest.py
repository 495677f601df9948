"""Real stores of both kinds, beside the small study."""

from tests.published.conftest import postgres_server, postgres_url, sqlite_url

__all__ = ["postgres_server", "postgres_url", "sqlite_url"]
