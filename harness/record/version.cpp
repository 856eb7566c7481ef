#include "record/version.h"

#include <fmt/format.h>

#include "build_info.h"
#include "commit.h"
#include "runoff/sdk_version.h"

namespace runoff {

std::string version_text() {
  return fmt::format("runoff {}\ncommit {}\ncompiled by {}, {}: {}\nfor modules of version {} of the SDK",
                     RUNOFF_VERSION, RUNOFF_COMMIT, RUNOFF_COMPILER, RUNOFF_BUILD_TYPE, RUNOFF_FLAGS,
                     sdk_version);
}

}  // namespace runoff
