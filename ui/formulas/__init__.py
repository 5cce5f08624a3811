"""What a typed formula may contain, how it is read, and how it is written."""
