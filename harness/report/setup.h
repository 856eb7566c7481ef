#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace runoff {

/// What environment.json says of a run, in words for people.
struct RunSetup {
  struct Fact {
    std::string name, text;
  };
  struct Group {
    std::string title;
    std::vector<Fact> facts;
  };

  std::vector<Group> groups;              ///< without facts that are not known, and without empty groups
  std::vector<std::string> command_line;  ///< that began the run
  std::string placement;                  ///< "pinned" or another word of --placement
  std::string turns;                      ///< whether cells that are compared took turns
  std::string pages;    ///< in which large inputs and results lay: "small pages", "huge pages"
  std::string timeout;  ///< of a sample: "30s"
  std::string commit;   ///< of runoff
};

/// Of an environment that is null or damaged, nothing.
RunSetup setup_of(const nlohmann::ordered_json& environment);

}  // namespace runoff
