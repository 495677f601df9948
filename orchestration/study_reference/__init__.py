"""Every key of a study with its meaning: the reference page and the JSON schema, from the dataclasses."""
