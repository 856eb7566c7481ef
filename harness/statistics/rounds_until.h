#pragma once

namespace runoff {

/// After how many rounds a bound at this one-sided level, which after n rounds is `distance` away from the
/// value, is likely to be no further than `wanted`. Student's: it is much nearer after a few rounds more than
/// after 6. Infinite where it is not within a million.
double rounds_until(double wanted, double distance, unsigned n, double level);

}  // namespace runoff
