"""Messages that leave the desk: SMS for the national tool, e-mails, and what carries them."""
