"""Passes over the bundled publishers."""
