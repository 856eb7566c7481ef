#pragma once

#include <utility>

#include "crew.h"
#include "runoff/scheduling/thread_team.h"

/// Threads that stay, led by the one that calls.
class Pool final : public Crew {
 public:
  Pool(unsigned workers, Body body) : team_(workers, std::move(body)) {}

  void execute(std::size_t tasks) override { team_.lead(tasks); }

 private:
  runoff::ThreadTeam<Body> team_;
};
