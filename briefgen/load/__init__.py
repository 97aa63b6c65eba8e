"""First stage: read a briefing's folder into one value and a map of places."""
