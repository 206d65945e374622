"""Papers of the product: each module describes one official document from the rows of all floors."""
