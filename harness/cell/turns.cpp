#include "cell/turns.h"

#include "launcher/turn_socket.h"

namespace runoff::cell {

Turns::Turns(pid_t launcher) {
  if (launcher > 0) socket_ = connect_for_turns(launcher);
}

void Turns::wait(std::uint32_t left) {
  if (!are_taken()) return;
  if (!ask_for_turn(socket_.get(), left) || !await_turn(socket_.get())) socket_.close();
}

}  // namespace runoff::cell
