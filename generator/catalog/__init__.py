"""Articles, issues and pages → the site as one value, with every address and index."""

from generator.catalog.arrange import SiteParts, arrange_site
from generator.catalog.entries import ArticleEntry, IssueEntry, PageEntry
from generator.catalog.labels import issue_label
from generator.catalog.related import relate_articles

__all__ = [
    "ArticleEntry",
    "IssueEntry",
    "PageEntry",
    "SiteParts",
    "arrange_site",
    "issue_label",
    "relate_articles",
]
