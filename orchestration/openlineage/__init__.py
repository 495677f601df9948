"""OpenLineage events of runs, where META_MED_OPENLINEAGE asks for them: names, counts and hashes, never a value."""
