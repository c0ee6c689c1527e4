"""Bytes → text. Strict: bytes that fit no encoding are an error, never a replacement character."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_LE

from generator.diagnostics import BulletinError, SourceSpan, error

# The most frequent characters of written Chinese, simplified and traditional: what a text decoded rightly
# is full of, and one decoded wrongly is not.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公"
    "此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回"
    "特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何"
    "电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白"
    "却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导"
    "這個們來為說時會對過發後裡種樣經麼學現當沒動還進從實軍無與長機關點業間問並應戰頭體見產將兩給門員聲東論處義幾條係氣"
    "題爾別變總電數報結務場計區資許統隊決馬書則聽卻達強難權設記類據邊張該規萬觀術領確傳師觀讓識帶導，。、；：“”《》（）"
    "！？「」　"
)
_LEAST_SHARE = 0.12
_UTF8_SLACK = 3


def decode_text(path: str, content: bytes) -> tuple[str, str]:
    """Return the text without its byte order mark, and the name of the encoding.

    BulletinError names the byte at which no encoding fits any more.
    """
    for mark, encoding in ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark) and not content.startswith(BOM_UTF32_LE):
            return _decode_marked(path, content, mark, encoding)
    if b"\0" in content:
        return _decode_wide(path, content)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as failure:
        return _decode_double_byte(path, content, failure)


def _decode_marked(path: str, content: bytes, mark: bytes, encoding: str) -> tuple[str, str]:
    label = f"{encoding}-sig" if encoding == "utf-8" else encoding
    try:
        return content[len(mark) :].decode(encoding), label
    except UnicodeDecodeError as failure:
        where = failure.start + len(mark)
        message = f"the file says it is {encoding}, but byte {where} does not fit"
        hint = "save it again from the program it came from, as UTF-8"
        raise BulletinError(error("raw-encoding", message, SourceSpan(path), hint)) from failure


def _decode_wide(path: str, content: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: every line break and space has a zero byte. Anything else with one is binary."""
    candidates = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]", text):
            plain = sum(character in _COMMON or " " <= character <= "~" for character in text)
            candidates.append((plain / max(1, len(text)), encoding, text))
    if candidates and max(candidates)[0] > _LEAST_SHARE:
        _, encoding, text = max(candidates)
        return text, encoding
    where = content.index(b"\0")
    message = f"byte {where} is zero: this is not a text file"
    raise BulletinError(
        error("raw-not-text", message, SourceSpan(path), "save the issue as plain text, UTF-8")
    )


def _decode_double_byte(path: str, content: bytes, failure: UnicodeDecodeError) -> tuple[str, str]:
    candidates, stops = [], [failure.start]
    for rank, encoding in enumerate(("big5hkscs", "gb18030")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as stopped:
            stops.append(stopped.start)
            continue
        candidates.append((_share_of_common(text), rank, encoding, text))
    if candidates and max(candidates)[0] >= _LEAST_SHARE and not _is_mostly_utf8(content, failure):
        _, _, encoding, text = max(candidates)
        return text, "big5" if encoding == "big5hkscs" else encoding
    message = (
        f"the encoding cannot be told: UTF-8 ends at byte {failure.start}, the others by byte {max(stops)}"
    )
    if candidates:
        message = (
            f"the encoding cannot be told: byte {failure.start} is not UTF-8, and no Chinese encoding fits"
        )
    hint = "save the file as UTF-8"
    raise BulletinError(error("raw-encoding", message, SourceSpan(path), hint)) from failure


def _is_mostly_utf8(content: bytes, failure: UnicodeDecodeError) -> bool:
    """Say whether many characters of UTF-8 stand before the wrong byte: then it is damaged UTF-8."""
    return len(re.findall(rb"[\xe3-\xe9][\x80-\xbf]{2}", content[: failure.start])) > _UTF8_SLACK


def _share_of_common(text: str) -> float:
    beyond = [character for character in text if character > "\x7f"]
    return sum(character in _COMMON for character in beyond) / max(1, len(beyond))
