"""Frozen values that pass between the stages. Nothing here reads or writes a file."""
