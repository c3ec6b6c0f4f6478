"""Tests of the room crawler/schedule."""
