"""What the pipeline notes in its home folder beside the store: its last runs and its model versions."""
