"""The gallery: every kind of chart, table and section and every theme, with what made it."""
