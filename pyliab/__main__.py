"""`python -m pyliab`."""

from pyliab.cli.main import main

if __name__ == "__main__":
    main()
