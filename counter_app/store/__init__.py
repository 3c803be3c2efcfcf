"""The desk's local file: journal, projections, search index. The only room that speaks SQL."""
