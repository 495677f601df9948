"""From a published prediction back to its release, model version, contract, files and lines."""
