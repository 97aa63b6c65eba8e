"""Fourth stage: a briefing and its drawings into one HTML document, for paper or screen."""
