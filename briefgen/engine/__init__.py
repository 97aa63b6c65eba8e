"""Builds many editions: looks what is there already, spreads the rest over workers."""
