#pragma once

namespace runoff {

/// After how many rounds, more than n, a bound at this one-sided level is likely to be no further from the
/// value than `wanted`, where single rounds lie `spread` (a standard deviation) from it. Student's: it is
/// much nearer after a few rounds more than after 6. Infinite where it is not within a million.
double rounds_until(double wanted, double spread, unsigned n, double level);

}  // namespace runoff
