"""site.toml, theme.toml, topics.toml, names.toml → frozen settings; every error gathered."""

from generator.config.site import SITE_FILE, SITE_KEYS, SiteSettings, parse_site_settings
from generator.config.tables import Key
from generator.config.taxonomy import NAMES_FILE, TOPICS_FILE, parse_names, parse_topics
from generator.config.theme import THEME_FILE, THEME_KEYS, ThemeSettings, parse_theme_settings

__all__ = [
    "NAMES_FILE",
    "SITE_FILE",
    "SITE_KEYS",
    "THEME_FILE",
    "THEME_KEYS",
    "TOPICS_FILE",
    "Key",
    "SiteSettings",
    "ThemeSettings",
    "parse_names",
    "parse_site_settings",
    "parse_theme_settings",
    "parse_topics",
]
