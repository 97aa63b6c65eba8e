"""What the packs of places share: declared facts, attestations, certifications, print."""
