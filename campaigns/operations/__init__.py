"""Operations on the calendar, the catalogue, plans and requests: the only writers of this floor."""
