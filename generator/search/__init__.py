"""Search on a static host: index files a browser's script reads piece by piece."""

from generator.search.documents import Memo, SearchDocument, SearchSegment, SearchSettings, Suggestion
from generator.search.engines import ENGINES, SearchEngine, plan_search
from generator.search.files import SearchPlan

__all__ = [
    "ENGINES",
    "Memo",
    "SearchDocument",
    "SearchEngine",
    "SearchPlan",
    "SearchSegment",
    "SearchSettings",
    "Suggestion",
    "plan_search",
]
