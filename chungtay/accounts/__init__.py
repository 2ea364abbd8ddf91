"""Who may act: users, the desks they sit at, delegation, and notices."""
