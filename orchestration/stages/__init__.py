"""The stages that read or write files outside the run folder (ingest, validate, publish), and how a stage is run."""
