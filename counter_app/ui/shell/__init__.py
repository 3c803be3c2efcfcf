"""What surrounds the screens: header, status bar, palette, gestures of the whole window."""
