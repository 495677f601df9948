"""Model versions of an installation: their folders, the journal of their states, and which one serves a study."""
