"""Hội đồng Thi đua - Khen thưởng: members, meetings, votes."""
