"""Commands of whoever keeps an installation running: `up`, `metrics`, `lineage`, `deploy`."""
