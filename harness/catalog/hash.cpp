#include "catalog/hash.h"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "support/files.h"

namespace runoff {

std::string hash_of(const std::filesystem::path& file) {
  boost::uuids::name_generator_sha1 generator{boost::uuids::ns::oid()};
  const std::string content = read_file(file);
  return to_string(generator(content.data(), content.size()));
}

}  // namespace runoff
