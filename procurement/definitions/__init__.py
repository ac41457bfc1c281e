"""What words and numbers mean: pure functions and tables that import nothing of the project.

Every rule of the official data definitions stands here once; forms, admin, workbook, reports,
files, API, help text and the public definitions page read it from here.
"""
