"""The screens of the window: a room for each, none of which knows another."""
