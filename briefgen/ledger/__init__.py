"""The ledger: a record of every run and of every edition that it dealt with."""
