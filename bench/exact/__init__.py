"""The overlap model beside exact inference: the same model by NUTS (NumPyro), on data sets of `bench.overlap`."""
