// log and exp with the same bits on every machine, compiler and C library: only IEEE additions,
// multiplications and divisions, in a fixed order (the build turns contraction to fused operations off).
// Errors stay below one unit in the last place unless said otherwise.
#pragma once

namespace weir {

/// Natural logarithm of a finite x > 0; -infinity for 0.
double stable_log(double x);
/// The same for drawing random numbers, in half the time: x must be normal and finite, and the error is below
/// 2e-16 or two units in the last place, whichever is more.
double quick_log(double x);
/// e to the x; infinity above 709.78, 0 below -745.13.
double stable_exp(double x);

}  // namespace weir
