"""The source itself: style, imports, forbidden calls."""
