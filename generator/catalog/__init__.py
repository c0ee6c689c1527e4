"""Articles, issues and pages → the site as one value, with every address and index.

`related` is imported by itself, where it is needed: it loads numpy.
"""

from typing import TYPE_CHECKING

from generator.lazy import names_from

if TYPE_CHECKING:
    from generator.catalog.arrange import SiteParts, arrange_site
    from generator.catalog.entries import ArticleEntry, IssueEntry, PageEntry, PlacedArticle, Terms
    from generator.catalog.gathering import GatheredTerms
    from generator.catalog.labels import issue_label
    from generator.catalog.placed import PlacedArticles, PlacedColumns, PlacedVolume, VolumeColumns
    from generator.catalog.placing import place_article
else:
    __getattr__ = names_from(
        __name__,
        {
            "arrange": ("SiteParts", "arrange_site"),
            "entries": ("ArticleEntry", "IssueEntry", "PageEntry", "PlacedArticle", "Terms"),
            "gathering": ("GatheredTerms",),
            "labels": ("issue_label",),
            "placed": ("PlacedArticles", "PlacedColumns", "PlacedVolume", "VolumeColumns"),
            "placing": ("place_article",),
        },
    )

__all__ = [
    "ArticleEntry",
    "GatheredTerms",
    "IssueEntry",
    "PageEntry",
    "PlacedArticle",
    "PlacedArticles",
    "PlacedColumns",
    "PlacedVolume",
    "SiteParts",
    "Terms",
    "VolumeColumns",
    "arrange_site",
    "issue_label",
    "place_article",
]
