"""What a formula of this part takes: one number, or an array with one number per simulated trial."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Quantity = float | FloatArray
