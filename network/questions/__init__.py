"""Questions and answers: what an entrepreneur wants to know, from who has done it before."""
