"""Whether the store holds what was published: a seal of each patient's rows, and the whole release by its hash."""
