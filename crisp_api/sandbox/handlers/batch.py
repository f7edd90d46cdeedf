"""Operations on many conversations, or contacts, at once."""
