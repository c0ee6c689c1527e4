"""Words, sentences, punctuation, slugs, scripts, keywords and names of Chinese and English text.

Importing this package loads neither jieba nor pypinyin; the first call that needs one does.
"""

from typing import TYPE_CHECKING

from generator.lazy import names_from

if TYPE_CHECKING:
    from generator.language.dates import WrittenDate, find_dates
    from generator.language.likeliest_words import dictionary_words, prepare_for_many_texts, words_of_texts
    from generator.language.names import NamesInText, find_names
    from generator.language.numbers import parse_chinese_number, printed_page_name
    from generator.language.punctuation import widen_punctuation
    from generator.language.scripts import (
        fold_traditional,
        is_chinese,
        is_latin_letter,
        script,
        simplified_by_traditional,
    )
    from generator.language.sentences import split_sentences
    from generator.language.slugs import prepare_for_slugs, slug, unique_slug
    from generator.language.stored_tables import use_cache_folder
    from generator.language.telling_words import content_terms, keyword_candidates, keywords
    from generator.language.units import groups_of, single_units_of, units_of
    from generator.language.words import (
        cut,
        first_word_class,
        is_dictionary_word,
        last_word_class,
        seam_gain,
        word_frequency,
    )
else:
    __getattr__ = names_from(
        __name__,
        {
            "dates": (
                "WrittenDate",
                "find_dates",
            ),
            "telling_words": (
                "content_terms",
                "keyword_candidates",
                "keywords",
            ),
            "likeliest_words": ("dictionary_words", "prepare_for_many_texts", "words_of_texts"),
            "names": (
                "NamesInText",
                "find_names",
            ),
            "numbers": ("parse_chinese_number", "printed_page_name"),
            "punctuation": ("widen_punctuation",),
            "scripts": (
                "fold_traditional",
                "is_chinese",
                "is_latin_letter",
                "script",
                "simplified_by_traditional",
            ),
            "sentences": ("split_sentences",),
            "slugs": (
                "prepare_for_slugs",
                "slug",
                "unique_slug",
            ),
            "stored_tables": ("use_cache_folder",),
            "units": ("groups_of", "single_units_of", "units_of"),
            "words": (
                "cut",
                "first_word_class",
                "is_dictionary_word",
                "last_word_class",
                "seam_gain",
                "word_frequency",
            ),
        },
    )

__all__ = [
    "NamesInText",
    "WrittenDate",
    "content_terms",
    "cut",
    "dictionary_words",
    "find_dates",
    "find_names",
    "first_word_class",
    "fold_traditional",
    "groups_of",
    "is_chinese",
    "is_dictionary_word",
    "is_latin_letter",
    "keyword_candidates",
    "keywords",
    "last_word_class",
    "parse_chinese_number",
    "prepare_for_many_texts",
    "prepare_for_slugs",
    "printed_page_name",
    "script",
    "seam_gain",
    "simplified_by_traditional",
    "single_units_of",
    "slug",
    "split_sentences",
    "unique_slug",
    "units_of",
    "use_cache_folder",
    "widen_punctuation",
    "word_frequency",
    "words_of_texts",
]
