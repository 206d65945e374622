"""Pages of campaigns, the catalogue and plans."""
