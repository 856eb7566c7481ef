#pragma once

namespace runoff {

/// What Student's t with so many degrees of freedom exceeds with this chance. One that was asked for before
/// is remembered: a report asks thousands of times for few.
double student_above(double degrees, double chance);

}  // namespace runoff
