"""A static site of editions: every version stays where it was put, pages are written anew."""
