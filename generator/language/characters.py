"""Classes of characters, in the form they take inside a regular expression's brackets."""

import re

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, simplified and traditional, with the zero 〇 and the repetition mark 々."""

HAN_RUN = re.compile(f"([{HAN}]+)")
"""Finds runs of them; split() has them at every second place."""

OPENING = "“‘「『《〈（【〔［｛"
CLOSING = "”’」』》〉）】〕］｝"
FULL_STOPS = "。！？…"
"""Full-width marks that end a sentence."""
