"""Serve the site while it is being written: watch, rebuild, reload the open page, show its errors."""

from generator.dev.outcome import BuildOutcome
from generator.dev.serving import serve

__all__ = ["BuildOutcome", "serve"]
