"""``python -m cart_screen`` is ``cart-screen``."""

import sys

from cart_screen.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
