"""`python -m pyliab`."""

from pyliab.cli import main

if __name__ == "__main__":
    main()
