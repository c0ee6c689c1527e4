"""Markdown files with front matter: discover, load, parse, format, write.

Importing this package loads no YAML; the first call that needs it does.
"""

from typing import TYPE_CHECKING

from generator.lazy import names_from

if TYPE_CHECKING:
    from generator.content.articles import format_article, parse_article
    from generator.content.discover import (
        ARTICLES_FOLDER,
        ISSUE_FILE,
        RECORD_FILE,
        ContentFile,
        ContentListing,
        article_files,
        discover_content,
        pack_articles,
    )
    from generator.content.files import (
        LARGEST_RAW,
        LARGEST_TEXT,
        digest_of,
        digest_of_texts,
        load_bytes,
        make_folder,
        write_atomically,
    )
    from generator.content.issues import format_issue, parse_issue
    from generator.content.pages import parse_page
    from generator.content.records import format_record, parse_record
    from generator.content.splitting import decode_utf8
else:
    __getattr__ = names_from(
        __name__,
        {
            "articles": (
                "format_article",
                "parse_article",
            ),
            "discover": (
                "ARTICLES_FOLDER",
                "ISSUE_FILE",
                "RECORD_FILE",
                "ContentFile",
                "ContentListing",
                "article_files",
                "article_files",
                "discover_content",
                "pack_articles",
            ),
            "files": (
                "LARGEST_RAW",
                "LARGEST_TEXT",
                "digest_of",
                "digest_of_texts",
                "load_bytes",
                "make_folder",
                "write_atomically",
            ),
            "issues": (
                "format_issue",
                "parse_issue",
            ),
            "pages": ("parse_page",),
            "records": (
                "format_record",
                "parse_record",
            ),
            "splitting": ("decode_utf8",),
        },
    )

__all__ = [
    "ARTICLES_FOLDER",
    "ISSUE_FILE",
    "LARGEST_RAW",
    "LARGEST_TEXT",
    "RECORD_FILE",
    "ContentFile",
    "ContentListing",
    "article_files",
    "decode_utf8",
    "digest_of",
    "digest_of_texts",
    "discover_content",
    "format_article",
    "format_issue",
    "format_record",
    "load_bytes",
    "make_folder",
    "pack_articles",
    "parse_article",
    "parse_issue",
    "parse_page",
    "parse_record",
    "write_atomically",
]
