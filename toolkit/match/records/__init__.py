"""Records as they are compared: from columns of any shape to profiles."""
