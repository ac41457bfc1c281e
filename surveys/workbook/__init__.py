"""Answers as an Excel workbook: what it looks like, how it is read, checked and taken in."""
