"""The `meta-med` command."""

from orchestration.command.app import main

__all__ = ["main"]
