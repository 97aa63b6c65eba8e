"""Stage after typesetting: the text of an edition, taken back from its finished files."""
