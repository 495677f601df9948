"""Units in which an outcome is shown, and the reader's choice among them."""
