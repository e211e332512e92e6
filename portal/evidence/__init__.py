"""What a figure is and how sure it is: sources, indicators, how a figure was established, the evidence ladder."""
