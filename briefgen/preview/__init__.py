"""A live preview: briefings served on this machine, made again whenever their files change."""
