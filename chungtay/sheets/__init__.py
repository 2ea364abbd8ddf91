"""Bảng tính: people's spreadsheets in and out, one mechanism for every import and export."""
