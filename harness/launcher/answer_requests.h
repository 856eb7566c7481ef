#pragma once

namespace runoff {

/// The launcher's life: greets, then starts what each request says, one at a time, until the socket closes or
/// a signal asks it to end. Returns an exit status. Throws std::system_error when this machine cannot do it.
int serve(int socket);

}  // namespace runoff
