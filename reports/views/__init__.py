"""Pages of reports, and every page that mixes floors."""
