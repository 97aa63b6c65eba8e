"""Fifth stage: a page into a PDF, through WeasyPrint."""
