"""The overlap model beside its rivals, in worlds whose true risks are known because they were drawn.

python -m bench.overlap --maps 20 --seed 1
"""
