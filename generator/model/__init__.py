"""The domain in frozen values: raw issue → conversion → articles → site. Standard library only.

A module is loaded when one of its names is first asked for: to define so many types takes a while.
"""

from typing import TYPE_CHECKING

from generator.lazy import names_from

if TYPE_CHECKING:
    from generator.model.articles import (
        Article,
        ArticleDetails,
        ArticleFile,
        ArticleHead,
        ArticleOutline,
        Correction,
        Doubt,
        EventDate,
        LineSpan,
    )
    from generator.model.conversion import (
        ConversionRecord,
        ConvertedIssue,
        Decision,
        RawFileRecord,
        Removal,
        Repair,
    )
    from generator.model.issues import ConvertedFile, Issue, IssueDate, IssueFile
    from generator.model.markup import Heading, ImageReference, RenderedText, TextFacts
    from generator.model.output import (
        OutputFile,
        PlannedFile,
        Stage,
        output_path,
        output_paths,
        url_of,
        urls_of,
    )
    from generator.model.pages import PageFile
    from generator.model.raw import RawFile, RawIssue
    from generator.model.site import (
        ArticleColumns,
        ChosenArticles,
        Group,
        GroupKind,
        LookUp,
        RelatedArticles,
        Site,
        SiteArticle,
        SiteArticles,
        SiteIssue,
        SitePage,
        pick,
        put,
    )
    from generator.model.taxonomy import KnownName, KnownNames, Topic
    from generator.model.volumes import begins_volume
else:
    __getattr__ = names_from(
        __name__,
        {
            "articles": (
                "Article",
                "ArticleDetails",
                "ArticleFile",
                "ArticleHead",
                "ArticleOutline",
                "Correction",
                "Doubt",
                "EventDate",
                "LineSpan",
            ),
            "conversion": (
                "ConversionRecord",
                "ConvertedIssue",
                "Decision",
                "RawFileRecord",
                "Removal",
                "Repair",
            ),
            "issues": (
                "ConvertedFile",
                "Issue",
                "IssueDate",
                "IssueFile",
            ),
            "markup": (
                "Heading",
                "ImageReference",
                "RenderedText",
                "TextFacts",
            ),
            "output": (
                "OutputFile",
                "PlannedFile",
                "Stage",
                "output_path",
                "output_paths",
                "output_paths",
                "url_of",
                "urls_of",
            ),
            "pages": ("PageFile",),
            "raw": (
                "RawFile",
                "RawIssue",
            ),
            "site": (
                "ArticleColumns",
                "ChosenArticles",
                "Group",
                "GroupKind",
                "LookUp",
                "RelatedArticles",
                "Site",
                "SiteArticle",
                "SiteArticles",
                "SiteIssue",
                "SitePage",
                "pick",
                "put",
            ),
            "taxonomy": (
                "KnownName",
                "KnownNames",
                "Topic",
            ),
            "volumes": ("begins_volume",),
        },
    )

__all__ = [
    "Article",
    "ArticleColumns",
    "ArticleDetails",
    "ArticleFile",
    "ArticleHead",
    "ArticleOutline",
    "ChosenArticles",
    "ConversionRecord",
    "ConvertedFile",
    "ConvertedIssue",
    "Correction",
    "Decision",
    "Doubt",
    "EventDate",
    "Group",
    "GroupKind",
    "Heading",
    "ImageReference",
    "Issue",
    "IssueDate",
    "IssueFile",
    "KnownName",
    "KnownNames",
    "LineSpan",
    "LookUp",
    "OutputFile",
    "PageFile",
    "PlannedFile",
    "RawFile",
    "RawFileRecord",
    "RawIssue",
    "RelatedArticles",
    "Removal",
    "RenderedText",
    "Repair",
    "Site",
    "SiteArticle",
    "SiteArticles",
    "SiteIssue",
    "SitePage",
    "Stage",
    "TextFacts",
    "Topic",
    "begins_volume",
    "output_path",
    "output_paths",
    "pick",
    "put",
    "url_of",
    "urls_of",
]
