#pragma once

namespace runoff::mpi {

/// Kinds of messages: between the rank that leads and those that follow, and between neighbours in a graph.
enum Tag : int { tag_command, tag_report, tag_chunks, tag_failure, tag_slots, tag_usage, tag_inputs };

}  // namespace runoff::mpi
