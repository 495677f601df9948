"""The mapping file: its model, YAML in, codes and units."""
