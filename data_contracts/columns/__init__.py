"""Cast cells to typed columns: match the header, cast, and record what cannot be cast."""
