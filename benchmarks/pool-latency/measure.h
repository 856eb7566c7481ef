#pragma once

#include <map>
#include <string>

/// Figures of one backend in this process, by name: times of one execution in µs (medians), and processor
/// seconds a second while it has nothing to do. Throws when the backend does not run.
std::map<std::string, double> measure(const std::string& module,
                                      const std::map<std::string, std::string>& variant, unsigned workers);
