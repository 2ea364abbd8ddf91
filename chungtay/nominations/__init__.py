"""Award dossiers: from the unit's nomination to the Board's appraisal."""
