"""The texts of a site as they stand on its pages: links led to pages, pictures in their sizes, gaps told."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from generator.config import SiteSettings
from generator.markup import fill_gaps, nest_headings, render_markdown, rewrite_links
from generator.model import ImageReference, RenderedText, SiteArticle, SiteIssue, SitePage, TextFacts
from generator.pipeline.links import LinkMap
from generator.pipeline.referring import ReferringText, note_path
from generator.pipeline.shelf import Shelf
from generator.render.context_parts import Picture
from generator.render.figures import rewrite_images
from generator.render.image_plan import ImagePlan, find_image
from generator.render.pages import key_of


class SiteTexts:
    """Texts by what they are (see `generator.render.pages.Texts`); usable in forked workers."""

    def __init__(
        self,
        shelf: Shelf,
        links: LinkMap,
        pictures: Mapping[str, ImagePlan],
        gap_words: str,
        settings: SiteSettings,
        referring: Iterable[ReferringText],
    ) -> None:
        self._shelf = shelf
        self._links = links
        self._pictures = pictures
        self._gap_words = gap_words
        self._settings = settings
        self._facts = {text.path: text.facts for text in referring}

    def article(self, article: SiteArticle) -> RenderedText:
        return self._finish(self._shelf.article_text(article.path, article.digest), article.path)

    def nested_article(self, article: SiteArticle, prefix: str) -> str:
        return nest_headings(self.article(article).html, prefix)

    def article_key(self, article: SiteArticle) -> str:
        if not (article.outline.has_links or article.outline.has_images):
            return article.digest
        return self._key(article.digest, self._facts[article.path], article.path)

    def static_page(self, page: SitePage) -> RenderedText:
        return self._finish(self._shelf.page_text(page.path, page.digest), page.path)

    def static_page_key(self, page: SitePage) -> str:
        return self._key(page.digest, page.facts, page.path)

    def note(self, issue: SiteIssue) -> str:
        note = issue.issue.note_markdown
        if not note.strip():
            return ""
        path = note_path(issue)
        text = render_markdown(note, allow_html=self._settings.allow_html, path=path)
        return self._finish(text, path).html

    def note_key(self, issue: SiteIssue) -> str:
        path = note_path(issue)
        return self._key("", self._facts[path], path) if path in self._facts else ""

    def picture(self, article: SiteArticle) -> Picture | None:
        for image in article.facts.images:
            plan = self._plan_of(image.target, article.path)
            if plan:
                return plan.picture(image.alt)
        return None

    def _finish(self, text: RenderedText, path: str) -> RenderedText:
        html = fill_gaps(text.html, self._gap_words, self._settings.language)
        if text.links:
            html = rewrite_links(html, lambda written: self._links.target(written, path))
        if text.images:
            html = rewrite_images(html, lambda target, alt: self._picture(target, alt, path), self._address)
        return text if html is text.html else replace(text, html=html)

    def _key(self, digest: str, facts: TextFacts, path: str) -> str:
        if not facts.links and not facts.images:
            return digest
        targets = (self._links.target(written, path) for written in facts.links)
        return key_of(digest, *targets, *(self._picture_key(image, path) for image in facts.images))

    def _picture_key(self, image: ImageReference, path: str) -> str:
        plan = self._plan_of(image.target, path)
        return "\n".join(f"{variant.path} {variant.key}" for variant in plan.variants) if plan else ""

    def _picture(self, target: str, alt: str, path: str) -> Picture | None:
        plan = self._plan_of(target, path)
        return plan.picture(alt) if plan else None

    def _plan_of(self, target: str, path: str) -> ImagePlan | None:
        return self._pictures.get(find_image(target, path, self._pictures))

    def _address(self, url: str) -> str:
        return self._links.base_path + url
