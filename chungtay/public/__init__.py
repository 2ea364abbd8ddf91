"""What everybody may see: the movement, a dossier by its code, a certificate by its QR."""
