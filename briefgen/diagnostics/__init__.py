"""Problems as values: a place, a finding with a code, and the ways to show them."""
