#pragma once

#include <filesystem>

namespace runoff {

/// What runoff-launcher does from its start to its end. It makes `folder`, which is private and removed in
/// the end, and greets. Its `tmp` is TMPDIR of every process, and is emptied after each, as is the folder
/// `shared_memory`. Then it starts what each request says, one at a time, and answers when that has ended. It
/// leaves when the socket closes or a signal asks it to. Throws std::system_error when this machine cannot do
/// it.
void answer_requests(int socket, const std::filesystem::path& folder,
                     const std::filesystem::path& shared_memory);

}  // namespace runoff
