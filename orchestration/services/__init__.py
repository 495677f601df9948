"""The services of an installation (Dagster's webserver and daemon, the dashboard) under one supervisor."""
