"""Contexts and themes → pages."""
