"""Files to start from: commented in the user's language, sound as they stand. Examples come from the knowledge base."""
