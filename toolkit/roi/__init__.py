"""What manual handoffs cost, what connecting them costs and saves, and how sure that is."""
