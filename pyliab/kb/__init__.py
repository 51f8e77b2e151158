"""From files to a knowledge base; knows no clingo."""
