"""Dutch: words, stems, compound parts, letter grams and spelling. Knows no engine and no Django."""
