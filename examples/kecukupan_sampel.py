"""Berapa responden yang diperlukan, dan cukupkah yang didapat."""

import skm

print(skm.sample_size(3441).n)
print(skm.adequacy(n=341, population=3441))
