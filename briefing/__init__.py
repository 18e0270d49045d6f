"""Documents for councillors, made of released facts only."""
