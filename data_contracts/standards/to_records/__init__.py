"""Events of any standard become records."""
