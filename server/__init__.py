"""The server around the screens: who may ask, what a browser may do with the answer, how much is served at once."""
