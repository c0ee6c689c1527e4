"""Raw bulletin issues → Markdown articles → a static site. The command is ``bulletin``."""

__version__ = "0.1.0"
