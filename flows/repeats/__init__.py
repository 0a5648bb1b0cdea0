"""Which paragraphs stand twice: keys, candidates, verification, settlement across documents."""
