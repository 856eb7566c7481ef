#pragma once

namespace runoff {

/// Puts in order what a program inherits from whatever started it. The first call of every main.
///
/// Descriptors 0 to 2 are open, so that no file is ever opened as standard output and gets the report written
/// into it. No signal is blocked, and none is ignored but those that end or stop a program from outside:
/// nohup and a shell's background jobs ignore some of them on purpose.
void begin_afresh();

}  // namespace runoff
