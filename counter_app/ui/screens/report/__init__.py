"""The screen « Bilan du jour »: figures of a day or a period, their signature."""
