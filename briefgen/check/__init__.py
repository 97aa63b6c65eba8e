"""Second stage: rules that a briefing must satisfy before it is built."""
