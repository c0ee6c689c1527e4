"""What to write, keep and remove in the output folder; all of it, or after a crash the rest of it."""

from generator.publish.folders import state_errors
from generator.publish.manifest import digest_of_plan
from generator.publish.publication import Look, Publication, PublishReport, Ready, Share
from generator.publish.staging import StagedFile, Staging, write_staged

__all__ = [
    "Look",
    "Publication",
    "PublishReport",
    "Ready",
    "Share",
    "StagedFile",
    "Staging",
    "digest_of_plan",
    "state_errors",
    "write_staged",
]
