"""The mapping file: model, YAML parsing, codes and units."""
