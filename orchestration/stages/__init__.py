"""What the stages that touch files do: ingest, validate, publish; and how any stage is run once."""
