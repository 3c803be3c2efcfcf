"""What answers say in words: the figures of their sentences, for both doors."""
