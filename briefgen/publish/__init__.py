"""Last stage: an edition into `output/`, whole or not at all."""
