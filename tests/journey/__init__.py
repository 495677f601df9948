"""From a raw file to a rendered page."""
