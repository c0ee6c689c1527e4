"""Issues, articles and indexes get their order and their addresses."""

from datetime import date

from generator.catalog import PageEntry
from generator.model import GroupKind, Topic
from tests.support.builders import arranged, article_entry, issue_entry

ROOT = "content/articles"


def test_an_article_gets_its_address_from_its_folder_and_slug() -> None:
    site, _ = arranged([article_entry(f"{ROOT}/2024-07-22/01-a.md", slug="lamps")])
    assert site.articles[0].url == "/issues/2024-07-22/lamps/"


def test_an_article_without_a_slug_is_named_after_its_file() -> None:
    site, _ = arranged([article_entry(f"{ROOT}/2024-07-22/03-new-lamps.md")])
    assert site.articles[0].url == "/issues/2024-07-22/new-lamps/"
    assert site.articles[0].slug == "new-lamps"


def test_an_article_in_no_issue_has_an_address_of_its_own() -> None:
    site, codes = arranged([article_entry(f"{ROOT}/history.md", date=date(2020, 1, 1))])
    assert site.articles[0].url == "/articles/history/"
    assert site.issues == () and codes == []


def test_the_newest_issue_comes_first_and_undated_ones_last() -> None:
    site, codes = arranged(
        [article_entry(f"{ROOT}/{folder}/01-a.md") for folder in ("2024-07-22", "special", "2025-01-06")]
    )
    assert [issue.url for issue in site.issues] == [
        "/issues/2025-01-06/",
        "/issues/2024-07-22/",
        "/issues/special/",
    ]
    assert codes == ["issue-date"]


def test_an_issue_takes_its_date_from_issue_md_before_its_name() -> None:
    site, _ = arranged(
        [article_entry(f"{ROOT}/2024-07-22/01-a.md")], [issue_entry("2024-07-22", date(2024, 7, 23))]
    )
    assert site.issues[0].date == date(2024, 7, 23)
    assert site.articles[0].date == date(2024, 7, 23)


def test_an_undated_issue_takes_the_newest_date_of_its_articles() -> None:
    days = (date(2023, 5, 1), date(2023, 5, 3))
    site, codes = arranged([article_entry(f"{ROOT}/may/0{day.day}-a{day.day}.md", date=day) for day in days])
    assert site.issues[0].date == date(2023, 5, 3) and codes == []


def test_reading_order_is_the_issues_own_list_then_order_then_file_name() -> None:
    names = {"01-x.md": 0, "02-y.md": 2, "03-z.md": 1, "04-first.md": 4}
    entries = [
        article_entry(f"{ROOT}/2024-07-22/{name}", order=order, slug=name[3:-3])
        for name, order in names.items()
    ]
    site, _ = arranged(entries, [issue_entry("2024-07-22", articles=("first",))])
    assert [article.slug for article in site.issues[0].articles] == ["first", "z", "y", "x"]


def test_of_two_articles_at_one_address_the_second_is_left_out_and_said() -> None:
    entries = [article_entry(f"{ROOT}/2024-07-22/{name}", slug="same") for name in ("01-a.md", "02-b.md")]
    site, codes = arranged(entries)
    assert [article.path for article in site.articles] == [f"{ROOT}/2024-07-22/01-a.md"]
    assert codes == ["duplicate-slug"]


def test_an_issue_is_called_by_its_title_or_else_by_date_and_number() -> None:
    entries = [article_entry(f"{ROOT}/{folder}/01-a.md") for folder in ("2024-07-22", "2024-07-29")]
    issues = [
        issue_entry("2024-07-22", date(2024, 7, 22), number="121"),
        issue_entry("2024-07-29", date(2024, 7, 29), title="消夏专刊"),
    ]
    chinese, _ = arranged(entries, issues)
    english, _ = arranged(entries, issues, language="en")
    assert [issue.label for issue in chinese.issues] == ["消夏专刊", "2024年7月22日 第121期"]
    assert english.issues[1].label == "22 July 2024 · No. 121"


def test_topics_are_grouped_by_slug_or_name_and_unknown_ones_are_said() -> None:
    topics = (Topic(name="教育", slug="education"), Topic(name="空", slug="empty"))
    entries = [
        article_entry(f"{ROOT}/2024-07-22/01-a.md", topics=("教育",)),
        article_entry(f"{ROOT}/2024-07-22/02-b.md", topics=("education", "教育")),
        article_entry(f"{ROOT}/2024-07-22/03-c.md", topics=("教肓",)),
    ]
    site, codes = arranged(entries, topics=topics)
    (group,) = site.groups_by_kind[GroupKind.TOPIC]
    assert (group.url, len(group.articles)) == ("/topics/education/", 2)
    assert codes == ["unknown-topic"]


def test_names_of_equal_sound_keep_their_addresses_when_a_newcomer_appears() -> None:
    old = article_entry(f"{ROOT}/2020-01-01/01-a.md", byline=("Li Na",))
    new = article_entry(f"{ROOT}/2024-01-01/01-a.md", byline=("li na",))
    before, _ = arranged([old])
    after, _ = arranged([old, new])
    urls = {group.name: group.url for group in after.groups_by_kind[GroupKind.BYLINE]}
    assert before.groups_by_kind[GroupKind.BYLINE][0].url == "/bylines/li-na/"
    assert urls == {"Li Na": "/bylines/li-na/", "li na": "/bylines/li-na-2/"}


def test_aliases_lead_to_the_article_and_unsafe_ones_are_refused() -> None:
    site, codes = arranged(
        [article_entry(f"{ROOT}/2024-07-22/01-a.md", aliases=("old-a", "/news/1.html", "/../etc/x"))]
    )
    assert site.redirects == {
        "/issues/2024-07-22/old-a/": "/issues/2024-07-22/a/",
        "/news/1.html": "/issues/2024-07-22/a/",
    }
    assert codes == ["alias-path"]


def test_an_alias_may_not_take_the_address_of_a_page() -> None:
    site, codes = arranged(
        [article_entry(f"{ROOT}/2024-07-22/01-a.md", aliases=("/pages/about/",))],
        pages=[PageEntry("content/pages/about.md", "digest", "关于", "about")],
    )
    assert site.redirects == {} and codes == ["alias-taken"]


def test_an_issue_without_articles_is_still_an_issue() -> None:
    site, _ = arranged([], [issue_entry("2024-07-22", date(2024, 7, 22))])
    assert not site.issues[0].articles


def test_printed_pages_are_one_index_however_they_are_written_in_their_own_order() -> None:
    pages = ("10", "第二版", "A2", "2", "02", "A10", "一", "要闻版")
    articles = [
        article_entry(f"content/articles/2024-07-22/{n:02}-a.md", page=page, slug=f"a{n}")
        for n, page in enumerate(pages)
    ]
    site, _ = arranged(articles)
    groups = site.groups_by_kind[GroupKind.PAGE]
    assert [(group.name, len(group.articles)) for group in groups] == [
        ("1", 1),
        ("2", 3),
        ("10", 1),
        ("A2", 1),
        ("A10", 1),
        ("要闻版", 1),
    ]
    assert groups[1].url == "/printed-pages/2/"
