"""Pages of people: signing in, the account, drafts, and what to show when something went wrong."""
