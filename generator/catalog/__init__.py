"""Articles, issues and pages → the site as one value, with every address and index."""

from generator.catalog.arrange import SiteParts, arrange_site
from generator.catalog.entries import ArticleEntry, IssueEntry, PageEntry
from generator.catalog.labels import issue_label
from generator.catalog.related import ChangedArticle, Place, TermIndex, Terms

__all__ = [
    "ArticleEntry",
    "ChangedArticle",
    "IssueEntry",
    "PageEntry",
    "Place",
    "SiteParts",
    "TermIndex",
    "Terms",
    "arrange_site",
    "issue_label",
]
