"""How fast the gate is: made-up visits of any number, judged in fresh processes, beside plain Great Expectations."""
