"""Where an article stands on the site: a matter of its own file and of the date of its issue."""

from datetime import date
from hashlib import blake2b

from generator.catalog.addresses import SlugOf, article_slug, article_url, date_of_id, issue_id_of
from generator.catalog.entries import ArticleEntry, PlacedArticle


def place_article(entry: ArticleEntry, issue_date: date | None, slug_of: SlugOf) -> PlacedArticle:
    """Return the article with its address. `issue_date` is that of the issue.md in its folder."""
    issue_id = issue_id_of(entry, slug_of)
    slug = article_slug(entry, slug_of)
    url = article_url(issue_id, slug)
    day = entry.outline.date or issue_date or date_of_id(issue_id)
    face = blake2b(f"{url}\n{entry.digest}\n{day}".encode("utf-8", "surrogatepass"), digest_size=16)
    return PlacedArticle(entry.outline, entry.path, entry.digest, slug, url, day, issue_id, face.hexdigest())
