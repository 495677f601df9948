"""From cells to typed columns: match the header, cast, note what cannot be cast."""
