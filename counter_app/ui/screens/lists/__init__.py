"""The screen « Importer une liste »: columns, rows listed or rejected, what the last import changed."""
