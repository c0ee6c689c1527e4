"""The plan of the last builds: with equal inputs it need not be worked out again."""

from typing import Any

import msgspec

from generator.diagnostics import Diagnostic, Severity
from generator.store import Store

NAMESPACE = "plan"


class KeptPlan(msgspec.Struct, frozen=True):
    """What a build has to know of the site to find it up to date: the digest of its planned files
    (`generator.publish.digest_of_plan`), problems and counts."""

    digest: str
    issues: int
    articles: int
    pages: int
    diagnostics: list[Diagnostic]

    @property
    def worst(self) -> Severity:
        return max((problem.severity for problem in self.diagnostics), default=Severity.NOTICE)


def recall_plan(store: Store, inputs_digest: str) -> KeptPlan | None:
    if not inputs_digest:
        return None
    return store.recall(NAMESPACE, (inputs_digest,), KeptPlan).get(inputs_digest)


def keep_plan(store: Store, inputs_digest: str, plan: KeptPlan) -> None:
    """Keep the plan, unless it has errors: those may come from what a digest does not show (permissions)."""
    if inputs_digest and plan.worst < Severity.ERROR:
        kept: dict[str, Any] = {inputs_digest: plan}
        store.keep(NAMESPACE, kept)
