"""Pieces that screens share: map, legend, filters, tables."""
