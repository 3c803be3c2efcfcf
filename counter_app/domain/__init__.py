"""Pure rules of the reception desk: standard library only."""
