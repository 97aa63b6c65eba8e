"""Third stage: charts into drawings, as SVG that is the same in every run."""
