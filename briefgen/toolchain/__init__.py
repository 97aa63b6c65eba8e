"""What the machine brings along: fonts, Pango, library versions."""
