from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.language import content_terms, dictionary_words, keyword_candidates, keywords

TEA = (
    "山里的春茶开采了",
    "清明前，云岫县的春茶开采。合作社的茶农天不亮就上山，采下的鲜叶当天送进茶厂。茶厂今年换了新的杀青机，杀青机一小时能做两百斤鲜叶。"
    "茶农说，春茶价格比往年高。会议强调，要加强质量监管。会议指出，要推进品牌建设。",
)
ROAD = (
    "县道改造月底通车",
    "县道改造工程进入尾声，施工队正在铺设沥青。会议强调，要加强安全监管。沥青路面完工后，公交车将开进三个村。会议指出，要推进工程进度。",
)


def _keywords(article: tuple[str, str]) -> tuple[str, ...]:
    frequency = Counter(word for one in (TEA, ROAD) for word in keyword_candidates(*one))
    return keywords(*article, issue_document_frequency=frequency, issue_size=2)


def test_keywords_say_what_the_article_is_about() -> None:
    assert "春茶" in _keywords(TEA)
    assert "鲜叶" in _keywords(TEA)
    assert "沥青路面" in _keywords(ROAD)


def test_words_of_meetings_are_no_keywords() -> None:
    assert not {"会议", "强调", "加强", "推进", "指出"} & {*_keywords(TEA), *_keywords(ROAD)}


def test_no_keyword_is_part_of_another() -> None:
    words = _keywords(TEA)
    assert not any(one in other for one in words for other in words if one != other)


def test_words_that_belong_together_stay_together() -> None:
    text = "竹编工艺传到城里。竹编工艺要人学。他们的竹编工艺展开幕了。"
    assert keywords("", text, issue_document_frequency={}, issue_size=5)[0].startswith("竹编工艺")


def test_english_keywords_leave_out_what_says_nothing() -> None:
    text = "The harbour was closed. Ships left the harbour; the harbour master said that ships would return."
    words = keywords("Harbour closed", text, issue_document_frequency={}, issue_size=4)
    assert words[0].casefold() == "harbour"
    assert "ships" in {word.casefold() for word in words}
    assert not {"the", "said", "was"} & {word.casefold() for word in words}


def test_the_terms_of_a_text_have_unit_length_and_fall() -> None:
    title, text = TEA
    terms = content_terms(title, dictionary_words(text))
    weights = [weight for _, weight in terms]
    assert weights == sorted(weights, reverse=True)
    assert abs(sum(weight**2 for weight in weights) - 1) < 0.01


def test_a_text_without_words_has_no_keywords() -> None:
    assert keywords("", "", issue_document_frequency={}, issue_size=0) == ()
    assert content_terms("", dictionary_words("。。。")) == ()


@settings(max_examples=40)
@given(st.text(alphabet="会议春茶产业医疗ab 1，。\n", max_size=80), st.integers(0, 5))
def test_keywords_stand_in_the_text(text: str, count: int) -> None:
    words = keywords("", text, issue_document_frequency={}, issue_size=3, count=count)
    assert len(words) <= count
    assert all(word in text for word in words)
