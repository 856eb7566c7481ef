#pragma once

namespace runoff {

/// What runoff-launcher does from its start to its end. It greets. Then it starts what each request says, one
/// at a time, and answers when that has ended. It leaves when the socket closes or a signal asks it to.
/// Throws std::system_error when this machine cannot do it.
void answer_requests(int socket);

}  // namespace runoff
