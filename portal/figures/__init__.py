"""Reference figures as data: chart, table, CSV, XLSX and metadata at stable addresses."""
