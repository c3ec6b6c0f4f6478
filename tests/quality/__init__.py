"""Tests of the scorecard and the generated corpus."""
