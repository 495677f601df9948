"""Commands about who may see what: `meta-med dashboard`, `audit` and `feedback`."""
