"""The `meta-med` command: one file a command."""

from orchestration.command.app import main

__all__ = ["main"]
