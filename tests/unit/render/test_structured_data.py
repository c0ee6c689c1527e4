import json
from datetime import date

from generator.config import parse_site_settings
from generator.model import ArticleDetails, ArticleHead, Correction
from generator.render.context_parts import Link
from generator.render.structured_data import (
    article_node,
    breadcrumbs_node,
    format_json_ld,
    newspaper_node,
    website_node,
)
from tests.support.builders import site_article

SETTINGS = parse_site_settings('title = "云岫报"\nbase_url = "https://example.org/b"')
ARTICLE = site_article(
    ArticleDetails(
        ArticleHead(
            title="题</script><script>alert(1)</script>&\u2028",
            byline=("新华日报",),
            byline_kind="source",
            page="1",
            topics=("民生",),
            keywords=("路灯", "民生"),
            corrections=(Correction(date(2024, 8, 1), "更正"), Correction(date(2024, 7, 25), "更正")),
        )
    ),
    url="/issues/2024-07-22/a/",
    date=date(2024, 7, 22),
)


def test_no_text_can_end_the_script_it_stands_in() -> None:
    text = format_json_ld([article_node(ARTICLE, None, SETTINGS)], SETTINGS)
    assert not {"<", ">", "&", "\u2028"} & set(text)
    (node,) = json.loads(text)["@graph"]
    assert node["headline"] == ARTICLE.head.title


def test_an_article_says_where_it_was_printed_and_when_it_was_last_corrected() -> None:
    node = article_node(ARTICLE, None, SETTINGS)
    assert (node["datePublished"], node["dateModified"]) == ("2024-07-22", "2024-08-01")
    assert node["printPage"] == "1"
    assert node["author"] == [{"@type": "Organization", "name": "新华日报"}]
    assert node["keywords"] == ["民生", "路灯"]
    assert node["isPartOf"] == {"@id": newspaper_node(SETTINGS)["@id"]}


def test_without_an_address_of_the_site_there_is_no_structured_data() -> None:
    settings = parse_site_settings('title = "云岫报"')
    assert format_json_ld([newspaper_node(settings)], settings) == ""
    assert format_json_ld([], SETTINGS) == ""


def test_what_says_nothing_is_left_out() -> None:
    (node,) = json.loads(format_json_ld([newspaper_node(SETTINGS)], SETTINGS))["@graph"]
    assert "description" not in node
    assert all(value not in ("", None, [], {}) for value in node.values())


def test_breadcrumbs_lead_from_the_front_page_to_the_page_itself() -> None:
    node = breadcrumbs_node([Link("首页", "/"), Link("各期", "/issues/")], "今日", "/issues/a/", SETTINGS)
    items = node["itemListElement"]
    assert isinstance(items, list)
    assert [(item["position"], item["name"], item["item"]) for item in items] == [
        (1, "首页", "https://example.org/b/"),
        (2, "各期", "https://example.org/b/issues/"),
        (3, "今日", "https://example.org/b/issues/a/"),
    ]


def test_the_site_offers_its_search_when_it_has_one() -> None:
    assert website_node(SETTINGS)["potentialAction"] is None
    search = website_node(SETTINGS, "/search/")["potentialAction"]
    assert isinstance(search, dict)
    assert search["target"]["urlTemplate"] == "https://example.org/b/search/?q={search_term_string}"
