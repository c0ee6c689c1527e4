"""Bylines: names at the end of an article, on a line of their own, or behind the dateline."""

import functools
import re

import msgspec

from generator.convert.cues import HAN, LEAD_TAG, fold
from generator.language import word_frequency

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅"
    "庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁"
    "宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班"
    "仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳"
    "逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡"
    "国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付覃"
    "闫仝涂代兰粟佟原冼莽岳帅亓官揭占操撒揣卿楼敬降迟矫苑"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華陶謝鄒竇蘇範魯韋馬鳳鮑費賀湯羅畢鄔時傅齊顧黃蕭龐紀項賈顏鐘駱盧莫鄧單諸龔陸榮劉葉龍"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "夏侯",
    "端木",
    "歐陽",
    "司馬",
)
_ROLE = re.compile(
    # The first characters of all roles, so that others are passed over at once.
    r"(?=[本新人报融全驻首见实特记通评撰摄编作文图供整采来辑])(?:"
    r"(?:本报|本刊|本台|本网|新华社|人民网|报社|融媒体|全媒体)?(?:驻\S{1,8}?)?(?:首席|见习|实习|特约|特派|全媒体|融媒体)?"
    r"(?:记者|通讯员|实习生|评论员|撰稿人|摄影师|摄影|编辑(?!部))"
    r"|本报特约|作者(?:单位)?|文[/／、·]?\s?图|文[/／]|图[/／]|文字|图片|摄影|供稿|供图|撰稿|撰文|整理|编译|采写|报道|报导|来源|摄|"
    r"(?<![\u4e00-\u9fff])[文图](?![\u4e00-\u9fff])|辑$)"
)
_HAS_ROLE = re.compile(
    r"记者|通讯员|实习生|评论员|作者|供稿|撰稿|撰文|供图|采写|摄影|来源|编译|整理|文/|图/|文 图|本报综合"
    r"|^[^，。]{2,14}\s?摄$"
)
_SEPARATOR = re.compile(r"[、，,;；/／|｜＆&\s：:·•]*[、，,;；/／|｜＆&\s：:•]+[、，,;；/／|｜＆&\s：:·•]*")
_AND = re.compile(rf"(?<=[{HAN}]{{2}})(?:和|与|及)(?=[{HAN}]{{2}})")
_SOURCE_END = re.compile(
    r"(?:社|报|网|台|局|办|部|院|校|中心|集团|所|委|馆|组|站|公司|厅|处|科|协会|学会|大学|中学|小学|街道|社区|镇|乡|支队|大队|"
    r"办公室|编辑部|委员会|居委会|村委会|工会|团委|宣传部|商会|基金会|会|派出所|医院|银行|学校|综合|客户端|公众号|报道组|影像组)$"
)
_NO_BYLINE = re.compile(
    r"^(?:简讯|短讯|快讯|消息|通知|要闻|专题|专栏|评论|社论|言论|通讯(?!员)|特写|图片新闻|完|续|待续|未完待续|见图|如图|图片?|下同|略|节选|摘要|上接|下转|下接|转载|附图|资料图片?|本版|题图|"
    r"图[一二三四\d]|左图|右图|上图|下图|试行|草案|暂行|修订|如下|同上|注|笑|掌声|鼓掌|全文|权威发布|来信|观点|之[一二三四五]|[上中下])"
    r"|^(?:上接|下转|下接|转自|详见|更多|截至|含|其中|见|共|第|附|注|即|以下|包括)"
)
_TAIL = re.compile(r"[（【](?P<inner>[^（）【】]{2,60})[）】]$")
_TAIL_BARE = re.compile(
    r"[。！？”](?P<inner>(?:[□■◆●]\s?|[ \u3000]{2,})?(?:本报|本刊)?(?:记者|通讯员|文/|图/|作者[：: ])"
    r"[^。，！？]{2,40})$"
    rf"|[。！？”][ \u3000]*(?P<photo>[{HAN}]{{2,4}}[ \u3000]?(?:摄|文/图|图/文))$"
)
_NO_TAIL_ENDS = ("。", "，", "！", "？")
_SIGN_OFF = re.compile(
    rf"(?P<who>[{HAN}·\s\u3000、]{{2,40}}?)[ \u3000]*(?:敬[启啟上]|[谨謹][启啟告]|谨识|"
    r"(?:\d{4}|[二〇零○一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)$"
)
_ADDRESS_ENDS = ("社区", "小区", "村", "镇", "乡", "街道", "县", "区", "市")
_SHORT_NAME = re.compile(f"[{HAN}]{{2,4}}")
_BRACKETED = re.compile(r"（[^（）]{2,48}）|【[^【】]{2,48}】")
_MARK = re.compile(r"[。！？“”《》]")
_AUTHOR_NOTE = re.compile(r"作者(?:为|系|是|单位：?)?(.*)")
_TITLED = re.compile(rf"^[{HAN}]{{1,2}}(?:先生|女士|小姐|老师|同学|阿姨|师傅|大爷|大妈)$")
_OWN_MARK = re.compile(r"^[□■◆●▲△◎*·—\-\s]+")
_ENGLISH = re.compile(
    r"^(?:By|BY|Reported by|Text by|Photos? by|Words by)[: ]\s?(?P<names>[A-Z][^.!?]{2,60})$"
)
_LEAD_BRACKET = re.compile(r"^\s*[：:]?\s*（(?P<inner>[^（）]{2,60})）")
_LEAD_REPORT = re.compile(r"^\s*(?P<inner>(?:本报)?(?:记者|通讯员|实习生)[^，。：（）]{2,30}?)(?:报道)?[：:]")
# What people call themselves online: letters and digits, no abbreviation in capitals, no version number.
_HANDLE = re.compile(r"(?![A-Z.]+$)(?![vV]?\d)[A-Za-z][\w.-]{1,19}(?: [A-Z][\w.-]{1,15})?|\d{1,4}[a-z]{2,12}")
_PERSON_WORD_LIMIT = 200
_MOST_REMEMBERED = 1024
"""Blocks whose bylines are kept: those of an issue are asked for twice."""
_ROLE_TITLE = re.compile(
    r"(?:居民|教师|学生|主任|书记|读者|村民|医师|教授|校长|局长|县长|工程师|律师|志愿者|党员|同学|老师)$"
)


class Byline(msgspec.Struct, frozen=True):
    """`names` as an editor would enter them, none where a note only tells who the author is.

    `kind` is author or source; `start` is the offset in the text where the byline begins; `strength` from
    0 to 3 says how surely it is one.
    """

    names: tuple[str, ...]
    kind: str
    start: int
    strength: float


def is_person(name: str) -> bool:
    """Say whether a name looks like a person's: a Chinese surname and one or two more characters."""
    if "·" in name:
        return True
    if not _SHORT_NAME.fullmatch(name):
        return False
    if name.startswith(_COMPOUND):
        return 3 <= len(name) <= 4
    return name[0] in _SURNAMES and len(name) <= 3


def read_names(inner: str) -> tuple[str, ...]:
    """Return the names in a byline: roles left out, names padded with a space (王 春) closed up."""
    text = _AND.sub("、", _without_roles(inner))
    names: list[str] = []
    pending = ""
    for token in _SEPARATOR.split(text.strip(" 、，：")):
        if len(token) == 1 and re.match(f"[{HAN}]", token):
            if pending:
                names.append(pending + token)
                pending = ""
            else:
                pending = token
        elif token:
            names.append(token)
            pending = ""
    persons = [name for name in names if is_person(name)]
    titled = [name for name in names if _TITLED.match(name)]
    persons += titled
    described = [name for name in names if _is_description(name) and name not in persons]
    if persons and described:
        names = [name for name in names if name not in described]
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def _is_description(name: str) -> bool:
    """Say whether this tells who a person is: 某校教师, 某社区居民, 某社区."""
    return _ROLE_TITLE.search(name) is not None or name.endswith(_ADDRESS_ENDS)


def _split_run(name: str) -> tuple[str, ...]:
    """Return two names that were printed without a space between them (叶卫兵王文婷)."""
    if 5 <= len(name) <= 6 and not _SOURCE_END.search(name):
        for at in (3, 2):
            if is_person(name[:at]) and is_person(name[at:]) and 2 <= len(name) - at <= 3:
                return name[:at], name[at:]
    return (name,)


def _without_roles(inner: str) -> str:
    """Put 、 where a role stands. Roles are found in the folded text, names stay in their own script."""
    text = inner
    for role in reversed(list(_ROLE.finditer(fold(inner)))):
        text = text[: role.start()] + "、" + text[role.end() :]
    return text


def kind_of(names: tuple[str, ...], *, has_role: bool = False) -> str:
    """Tell authors from sources: papers, offices, and short words of the dictionary (文体, 环能)."""
    if not names:
        return ""
    if any(
        _SOURCE_END.search(name) and not (is_person(name) and len(name) <= 3 and has_role) for name in names
    ):
        persons = [name for name in names if is_person(name) and not _SOURCE_END.search(name)]
        if not persons:
            return "source"
    if has_role and any(len(name) <= 4 for name in names):
        return "author"
    rare = [name for name in names if is_person(name) and word_frequency(name) < _PERSON_WORD_LIMIT]
    return "author" if rare or any(re.search("[A-Za-z]", name) for name in names) else "source"


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def own_byline(text: str) -> Byline | None:
    """Read a block that is nothing but a byline."""
    stripped = text.strip()
    if english := _ENGLISH.match(stripped):
        names = tuple(name.strip() for name in re.split(r",| and |&", english["names"]) if name.strip())
        return Byline(names, "author", 0, 3.0)
    folded = fold(stripped)
    if len(folded) > 50 or folded.endswith("。"):
        return None
    bracket = _BRACKETED.fullmatch(folded)
    if bracket:
        found = _read(stripped[1:-1], 0)
        return found if found and not (folded.startswith("【") and found.strength < 3) else None
    if signed := _sign_off(stripped, folded):
        return signed
    marked = _OWN_MARK.sub("", folded)
    has_mark = marked != folded and not folded.startswith(("—", "-"))
    if _HAS_ROLE.search(marked) and not re.search(r"[。，！？“”《》\d]", marked):
        found = _read(marked, 0)
        return found if found and _is_clean(found) else None
    names = read_names(marked)
    if not names or re.search(r"[，：:“”《》！？\d]", marked) or len(names) > 4:
        return None
    persons = sum(is_person(name) and word_frequency(name) < _PERSON_WORD_LIMIT for name in names)
    if persons == len(names):
        return Byline(names, "author", 0, 2.5 if has_mark or len(marked) <= 4 else 2.0)
    if re.fullmatch(rf"[{HAN}][ \u3000]{{1,2}}[{HAN}]", marked):  # a name padded to the width of three
        return Byline(names, "author", 0, 2.0)
    first = re.split(r"[ \u3000]", marked)[0]
    if all(is_person(name) or _TITLED.match(name) for name in names) and _is_description(first):
        return Byline(names, "author", 0, 2.5 if first != marked else 1.0)
    if all(_SOURCE_END.search(name) and 4 <= len(name) <= 16 for name in names) and len(marked) <= 34:
        return Byline(names, "source", 0, 1.0)
    return None


def _sign_off(text: str, folded: str) -> Byline | None:
    """Read who signs a notice: 某某公司 2026年6月21日, 某家后人 敬启."""
    found = _SIGN_OFF.fullmatch(folded)
    if found is None:
        return None
    names = read_names(text[: found.end("who")])
    if not names or len(names) > 3:
        return None
    kind = "author" if all(is_person(name) for name in names) else "source"
    return Byline(names, kind, 0, 2.5)


def _is_clean(byline: Byline) -> bool:
    """Say whether a line with a reporter's role names people or papers, not what they did."""
    return all(
        is_person(name) or _SOURCE_END.search(name) or "·" in name or len(name) <= 4 for name in byline.names
    ) and all(len(name) <= 16 for name in byline.names)


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def tail_byline(text: str) -> Byline | None:
    """Read a byline at the end of a paragraph, in brackets behind the last sentence."""
    folded = fold(text.rstrip())
    if folded.endswith(_NO_TAIL_ENDS):
        return None
    tail = _TAIL.search(folded)
    if tail:
        before = folded[: tail.start()].rstrip()
        found = _read(text[tail.start("inner") : tail.end("inner")], tail.start())
        if found is None or not before:
            return None
        ends = before[-1] in "。！？!?…”’》）" or before.endswith(";")
        if before[-1] in "。！？!?…” ’".replace(" ", "") or (ends and found.strength >= 3):
            return found
        return None
    bare = _TAIL_BARE.search(folded)
    if bare:
        group = "inner" if bare["inner"] else "photo"
        return _read(text[bare.start(group) : bare.end(group)], bare.start(group))
    return None


def lead_byline(text: str) -> Byline | None:
    """Read the reporters behind the dateline: 本报讯（记者 某某）, 本报某地2月1日电 （记者某某）."""
    folded = fold(text)
    tag = LEAD_TAG.match(folded.lstrip())
    if tag is None:
        return None
    if "记者" in tag.group() and tag.group()[0] in "（【":
        inner = text.lstrip()[1 : tag.end() - 1]
        inner = re.sub(r"^.*?(?=记者|記者)", "", inner)
        inner = re.sub(r"(?:[^\s、]{2})?(?:\d+日)?(?:综合|綜合)?(?:报道|報導|报导|電|电|讯|訊).*$", "", inner)
        return _read(inner, tag.start())
    rest = folded.lstrip()[tag.end() :]
    bracket = _LEAD_BRACKET.match(rest) or _LEAD_REPORT.match(rest)
    if bracket is None:
        return None
    inner = text.lstrip()[tag.end() :][bracket.start("inner") : bracket.end("inner")]
    found = _read(inner, tag.end())
    if found is None or not (found.kind == "author" or "记者" in bracket["inner"]):
        return None
    if len(found.names) > 1 and not _HAS_ROLE.search(bracket["inner"]):
        return None  # several names without a role are contributors, and stay where they are printed
    is_report = bracket.re is _LEAD_REPORT
    return None if is_report and not all(is_person(name) for name in found.names) else found


def _read(inner: str, start: int) -> Byline | None:
    inner = inner.strip()
    if _HANDLE.fullmatch(inner):
        return Byline((inner,), "author", start, 2.5)
    if _NO_BYLINE.search(inner) or _MARK.search(inner):
        return None
    has_role = _HAS_ROLE.search(inner) is not None
    author_note = _AUTHOR_NOTE.match(inner)
    if author_note:
        names = tuple(name for name in read_names(author_note[1]) if is_person(name))[-2:]
        return Byline(names, "author", start, 3.0)
    names = tuple(part for name in read_names(inner) for part in _split_run(name))
    if not names or len(names) > 8 or re.search(r"\d", "".join(names)):
        return None
    limit = 14 if has_role else 8
    if any(len(name) > limit and not _SOURCE_END.search(name) for name in names):
        return None
    kind = kind_of(names, has_role=has_role)
    if has_role:
        return Byline(names, kind, start, 3.0)
    if all(is_person(name) for name in names):
        return Byline(names, kind, start, 3.0 if kind == "author" else 2.0)
    if all(is_person(name) or _SOURCE_END.search(name) for name in names):
        return Byline(names, kind, start, 2.5)
    if (
        all(2 <= len(name) <= 4 for name in names)
        and len(names) <= 3
        and re.fullmatch(f"[{HAN}\\s、]+", inner)
    ):
        return Byline(names, kind, start, 1.0)
    return None
