"""The use cases, each readable as a list of steps: convert issues, build a site, check it, review it."""
