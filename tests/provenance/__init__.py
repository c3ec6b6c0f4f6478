"""Tests of the room that says who was first."""
