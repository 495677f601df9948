"""Claims across studies: the champion against every baseline, with uncertainty over patients."""
