"""Keeps what stages made, by the digest of all that it was made from."""
