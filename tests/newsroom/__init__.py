"""Tests of the local publishers."""
