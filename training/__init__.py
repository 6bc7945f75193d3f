"""Train, export and measure the English pipeline; apart from the installed package, and the only place that needs torch."""
