"""Material -> blocks: the outline, the sentences, and one file a chapter."""
