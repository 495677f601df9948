"""How many cases the fuzzing tests try: fifty with the other tests, META_MED_FUZZ_CASES at night."""

import os

CASES = int(os.environ.get("META_MED_FUZZ_CASES", "50"))
