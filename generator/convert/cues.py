"""What a block looks like: the observations every decision is made from.

All patterns work on text folded by `fold`: full-width marks, and traditional cue characters as simplified
ones, at the same offsets.
"""

import functools
import re

import msgspec

from generator.convert.blocks import Block, is_all_visible

HAN = "\u3400-\u9fff\uf900-\ufaff"
_HAN_CHARACTER = re.compile(f"[{HAN}]")

# Marks of half width stand for those of full width, characters of cues (報 電 …) for simplified ones.
_FOLD = str.maketrans(
    ",;:?!()[]｡﹐﹑「」『』︰～・報訊電記攝圖據聞網會議強調說時間號責編輯稱導區縣黨總書長發導員實習種類讀題開啟讓專欄來",
    "，；：？！（）【】。，、“”‘’：~·报讯电记摄图据闻网会议强调说时间号责编辑称导区县党总书长发导员实习种类读题开启让专栏来",
)
_FOLDABLE = re.compile("[" + re.escape("".join(map(chr, _FOLD))) + "]")

TERMINATORS = "。！？!?…；"
CLOSERS = "”’）】》」』\"'"
_LATIN_TERMINATORS, _LATIN_CLOSERS = ".!?…", "\"'”’)"
_STOPS, _LATIN_STOPS = tuple(TERMINATORS), tuple(_LATIN_TERMINATORS)
_REMARK_AT_END = re.compile(r"[。！？][”’]?（[^（）]{1,60}）\Z")
_LONGEST_REMARK = 64
_INNER_STOP = re.compile(r"[。；](?=.)")
_ENGLISH_INNER_STOP = re.compile(r"[.!?]\s+[A-Z“\"]")
_INNER_SPACE = re.compile(rf"(?<=[{HAN}”》』」）])[ \u3000]+(?=[{HAN}“《『「（\d])")
_BAD_START = re.compile(r"^[的了，、。；：”》）】着过们][^”]?")
_BOUND_START = re.compile(
    r"^(?:[的了着过们化性者吨元年月日时分秒米%％倍亿万个名次届条项种度率、，。；：”’》）】？！]|[a-z])"
)
_FUNCTION_WORDS = frozenset("在为把对和与的了将是及等从向以由被让使给就也还都")
_ENGLISH_FUNCTION_END = re.compile(
    r"\b(?:the|an?|of|on|to|in|for|and|or|as|with|at|by|from|that|which|who|his|her|their|its|is|are|was|were|has|had|have|"
    r"will|would|be|been|not|than|but|this|these|those|such|into|about|after|over)$",
    re.I,
)
_ENGLISH_OPENING = re.compile(
    r"^(?:The|An?|It|He|She|They|We|In|On|At|But|And|However|When|While|Although|After|Before|As|This|These|There|Last|"
    r"If|His|Her|Their|Its|Meanwhile|According)\s"
)
_ENGLISH_SPEECH = re.compile(r"\b(?:said|says|told|added|explained|insisted)\b(?=[ ,:.])")
_ENGLISH_AUXILIARY = re.compile(
    r"\b(?:has|have|had|was|were|is|are|been|being|will be|would|could|should|did|does|which|who|that)\b"
)
_SPEECH = re.compile(r"(?:强调|指出|表示|介绍|要求|认为|说|称|透露|告诉记者)[，：]")
_SENTENCE_START = re.compile(
    r"^[^，。：“”（）]{1,10}(?:之后|以后|之前|以前|期间|同时|以来|时|后|中|前|下)，|"
    r"^(?:会议|近日|日前|据|今年|目前|记者|随后|同时|此外|下一步|接下来|其中|为此|当天|当日|近年来|据悉|据了解|据介绍|"
    r"\d{1,4}年|\d{1,2}月\d{1,2}日|\d{1,2}日)"
)
_TIME_OPENING = re.compile(
    r"^(?:(?:据[^，。]{2,14}(?:消息|报道|通报)[，：]?)?"
    r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|[初中下上]旬)|\d{1,2}日(?=[^本电]))|"
    r"(?:昨|今|前)(?:天|日|晨|晚|夜|早)|昨[日天]?凌晨|前日|当地时间|近日|日前|近期|最近|连日|本周|上周|本月|上月|"
    r"今年(?:以来|\d{1,2}月)|入[春夏秋冬]|[一二三四五六七八九十〇零]{1,4}年?[一二三四五六七八九十]{1,3}月|"
    r"记者(?:从|近日|日前|昨|今|\d|在))"
)
_PRECISE = re.compile(r"凌晨|清晨|早晨|上午|中午|下午|傍晚|晚|\d+[时点]|^[昨前][天日晨晚夜]|^今[晨晚]")
_NAMES_FIRST = re.compile(rf"^（(?:[{HAN}]{{2,4}}[、 \u3000]?){{1,4}}）(?=[^，。])")
LEAD_TAG = re.compile(
    r"^[【（]?(?:"
    r"(?:本报|本刊|本台|本网|[^，。、：；！？“”（）\s\d]{1,6}(?:报|台|网|社))讯|"
    r"据?(?:本报|本刊|本台|[^，。；！？“”（）\s]{0,6}(?:社|网|报|台))[^，。；：！？“”（）]{1,18}[\d一二三四五六七八九十]日?(?:专|综合)?(?:电|讯|报道)|"
    r"(?:央视网|[^，。；！？“”（）\s\d]{2,6}(?:网|台|社|报))消息|"
    r"[^，。；：！？“”（）\s\d]{2,6}消息[：】]|讯[ \u3000：]|"
    r"据[^，。；！？“”（）]{2,12}\d{1,2}月\d{1,2}日电)[】）]?"
    r"|^（[^（）]{0,12}记者[^（）]{2,30}(?:报道|电|讯)）|^【[^【】]{0,12}记者[^【】]{2,30}(?:报道|电|讯)】"
    r"|^[A-Z][A-Z .,'-]{2,40}(?:, [A-Z][a-z]+\.? \d{1,2})? ?(?:\([A-Z][A-Za-z ./-]{1,24}\) ?)?(?:--|—|–|-) "
)
_LIST_MARK = re.compile(r"^(?:[-*•·●○■◆▪—]\s|[（(]?\d{1,2}[）).．、]\s?|[①-⑳]|[一二三四五六七八九十]{1,3}、)")
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}[^，。：、 \u3000]{1,2}[：、 \u3000]|[一二三四五六七八九十]{1,3}、|"
    r"（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、])"
)
_KEY_VALUE = re.compile(rf"^[{HAN}A-Za-z ]{{1,8}}：(?=.)")
_DIALOGUE = re.compile(rf"^(?:问|答|记者|主持人|[{HAN}]{{1,4}})：")
_CAPTION_START = re.compile(r"图[①-⑳\d]?[为片：]|上图|下图|左图|右图|▲|△|▼|题图|封面图|（?资料图")
_PHOTOGRAPHER = re.compile(r"(?:\s|。)[^\s。]{2,12}[ \u3000]?摄[）]?$")
_LONGEST_CAPTION = 120
_KICKER_ENDS = ("——", "--", "：", "强调", "指出", "要求", "表示", "提出", "主张", "呼吁", "报道", "透露")
_BRACKET_TAG = re.compile(r"（[^（）]{2,10}）$")
_WHOLE_BRACKET = re.compile(r"^(?:[【（〖［][^【】（）〖〗［］]{2,14}[】）〗］]|[■□●◆★▌▍][^，。]{2,10})$")
_LONGEST_KICKER = 30
_MOST_REMEMBERED = 4096
_NOTICE = re.compile(
    r"(?:公告|通知|通告|启事|啟事|声明|讣告|更正|须知|公示|公报|倡议书|致歉|来信|来函|简讯|预告|招聘|招标)"
    r"(?:（[^（）]{1,8}）)?$"
)
_SALUTATION = re.compile(
    r"^[^，。；：]{0,12}(?:同志|编辑部?|先生|女士|朋友|朋友们|老师|大家|各位[^，。：]{0,10}|亲爱的[^，。：]{0,10}|"
    r"尊敬的[^，。：]{0,14})：$"
)
_MIXED_SPACE = re.compile(
    rf"(?<=[{HAN}，。、：；（“]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[{HAN}，。、：；）”])"
)
_ANNOUNCEMENT = re.compile(
    r"(?:如下|以下|下面|下列|包括|分别是|安排)[^，。；]{0,14}：(?:（[^（）]{1,20}）)?$|^[^：【]*[，。][^：]*：$"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z]+")  # quicker looked for than with a repeated class in front


class Cues(msgspec.Struct, frozen=True):
    """Observations of one block. `length` counts visible characters, a Latin word as one and a half.

    `folded` has no spaces between Chinese and letters or digits.
    """

    folded: str
    length: float
    is_chinese: bool
    is_terminated: bool
    inner_stops: int
    inner_spaces: int
    inner_commas: int
    has_lead_tag: bool
    has_time_opening: bool
    has_precise_opening: bool
    has_names_first: bool
    starts_bound: bool
    starts_badly: bool
    starts_like_sentence: bool
    has_speech: bool
    has_auxiliary: bool
    ends_in_mark: bool
    ends_in_function_word: bool
    is_open: bool
    is_list_item: bool
    is_numbered: bool
    is_key_value: bool
    is_dialogue: bool
    is_caption: bool
    ends_like_kicker: bool
    ends_in_tag: bool
    is_whole_bracket: bool
    starts_with_dash: bool
    starts_lower: bool
    starts_in_quote: bool
    is_notice_head: bool
    is_salutation: bool
    announces_list: bool


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def fold(text: str) -> str:
    """Return `text` with marks and characters in the form the patterns are written in, of equal length."""
    # Translating is slow: it is done only where needed, and once.
    return text.translate(_FOLD) if _FOLDABLE.search(text) else text


def is_terminated(folded: str) -> bool:
    """Say whether a folded text ends as a sentence ends (a colon and a closing bracket alone do not)."""
    text = folded.removesuffix("\n")
    return (
        text.rstrip(CLOSERS).endswith(_STOPS)
        or text.rstrip(_LATIN_CLOSERS).endswith(_LATIN_STOPS)
        or text.endswith("——")
        or (text.endswith("）") and _REMARK_AT_END.search(text[-_LONGEST_REMARK:]) is not None)
    )


def observe(block: Block) -> Cues:
    return observe_text(block.text.strip())


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def observe_text(raw: str) -> Cues:
    is_chinese = _HAN_CHARACTER.search(raw) is not None
    text = fold(raw) if is_chinese else raw
    dense = text if is_all_visible(text) else "".join(text.split())
    has_spaces = len(dense) < len(text)
    if is_chinese and has_spaces:
        text = _MIXED_SPACE.sub("", text)
    latin = _LATIN.findall(text)
    opening = _TIME_OPENING.match(text)
    return Cues(
        folded=text,
        length=len(dense) - sum(map(len, latin)) + 1.5 * len(latin),
        is_chinese=is_chinese,
        is_terminated=is_terminated(text) and not (text.endswith("——") and len(text) <= _LONGEST_KICKER),
        inner_stops=len((_INNER_STOP if is_chinese else _ENGLISH_INNER_STOP).findall(text)),
        inner_spaces=len(_INNER_SPACE.findall(text)) if has_spaces else 0,
        inner_commas=text.count("，") if is_chinese else 0,
        has_lead_tag=LEAD_TAG.match(text) is not None,
        has_time_opening=opening is not None,
        has_precise_opening=opening is not None and _PRECISE.search(text[:18]) is not None,
        has_names_first=_NAMES_FIRST.match(text) is not None and len(text) > 24,
        starts_bound=_BOUND_START.match(text) is not None,
        starts_badly=_BAD_START.match(text) is not None,
        starts_like_sentence=(_SENTENCE_START if is_chinese else _ENGLISH_OPENING).match(text) is not None,
        has_speech=(_SPEECH if is_chinese else _ENGLISH_SPEECH).search(text) is not None,
        has_auxiliary=not is_chinese and _ENGLISH_AUXILIARY.search(text) is not None,
        ends_in_mark=text.endswith(("，", "、", "；", "：", ",", "(", "（", "“", "《")),
        ends_in_function_word=text[-1:] in _FUNCTION_WORDS
        if is_chinese
        else _ENGLISH_FUNCTION_END.search(text) is not None,
        is_open=_is_open(text),
        is_list_item=_LIST_MARK.match(text) is not None,
        is_numbered=_NUMBERED.match(text) is not None,
        is_key_value=_KEY_VALUE.match(text) is not None,
        is_dialogue=_DIALOGUE.match(text) is not None,
        is_caption=len(text) < _LONGEST_CAPTION and _is_caption(text),
        ends_like_kicker=text.endswith(_KICKER_ENDS),
        ends_in_tag=_BRACKET_TAG.search(text) is not None,
        is_whole_bracket=_WHOLE_BRACKET.match(text) is not None,
        starts_with_dash=text.startswith(("——", "--", "—", "──")),
        starts_lower=text[:1].islower(),
        is_notice_head=len(text) <= 24 and _NOTICE.search(text) is not None,
        is_salutation=text.endswith("：") and _SALUTATION.match(text) is not None,
        announces_list="：" in text and _ANNOUNCEMENT.search(text) is not None,
        starts_in_quote=text.startswith(("“", "‘", '"')),
    )


def _is_caption(text: str) -> bool:
    is_signed = "摄" in text[-2:] and _PHOTOGRAPHER.search(text) is not None
    return is_signed or _CAPTION_START.match(text) is not None


def _is_open(text: str) -> bool:
    """Say whether a quote or bracket is still open at the end."""
    return any(
        opening in text and text.count(opening) > text.count(closing)
        for opening, closing in ("“”", "《》", "（）", "‘’")
    )
