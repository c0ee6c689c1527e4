"""The shelf: what articles say besides their outlines, and every text, looked up when somebody asks."""

from pathlib import Path

from generator import content, markup  # their modules are loaded when a text has to be read again
from generator.model import Article, ArticleDetails, RenderedText
from generator.pipeline.kept import TEXTS, text_space
from generator.store import StoreReader

MOST_HELD = 12_000
MOST_TEXTS_HELD = 64
"""The page of an article and that of its whole issue are made one after the other."""


class Shelf:
    """Details of articles, texts of articles and pages, by path and digest; usable in forked workers.

    What the store has lost is read from the file again; BulletinError when that cannot be read.
    """

    def __init__(
        self, root: Path, reader: StoreReader, *, allow_html: bool, most_held: int = MOST_HELD
    ) -> None:
        """`most_held`: of how many articles the details are held, for those who ask for them again."""
        self._root = root
        self._reader = reader
        self._allow_html = allow_html
        self._most_held = most_held
        self._held: dict[str, ArticleDetails] = {}
        self._texts: dict[str, RenderedText] = {}

    def details(self, path: str, digest: str) -> ArticleDetails:
        found = self._held.get(digest)
        if found is None:
            if len(self._held) >= self._most_held:
                self._held.clear()
            space = text_space("article", self._allow_html)
            found = self._reader.recall(space, digest, ArticleDetails) or self._read_again(path)
            self._held[digest] = found
        return found

    def article_text(self, path: str, digest: str) -> RenderedText:
        """The text before its links and pictures are led anywhere; so is that of a page."""
        found = self._texts.get(digest)
        if found is None:
            if len(self._texts) >= MOST_TEXTS_HELD:
                self._texts.clear()
            found = self._text(digest) or self._render(self._article(path).body_markdown, path)
            self._texts[digest] = found
        return found

    def page_text(self, path: str, digest: str) -> RenderedText:
        kept = self._text(digest)
        if kept is not None:
            return kept
        page = content.parse_page(content.load_bytes(self._root, path), path)
        return self._render(page.body_markdown, path)

    def _text(self, digest: str) -> RenderedText | None:
        return self._reader.recall(text_space(TEXTS, self._allow_html), digest, RenderedText)

    def _read_again(self, path: str) -> ArticleDetails:
        from generator.pipeline.file_reading import details_of

        article = self._article(path)
        return details_of(article.head, self._render(article.body_markdown, path))

    def _article(self, path: str) -> Article:
        return content.parse_article(content.load_bytes(self._root, path), path).article

    def _render(self, markdown: str, path: str) -> RenderedText:
        return markup.render_markdown(markdown, allow_html=self._allow_html, path=path)
