#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "file.h"
#include "ring.h"

namespace files {

/// The same as write_whole of file.h, on an event loop: `pieces` must live until it has ended. Throws
/// FileError.
boost::asio::awaitable<void> write_whole(Ring& ring, std::string folder, std::string name, Pieces pieces,
                                         bool sync);

}  // namespace files
