#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <vector>

#include "fuzz.h"

// Where there is no libFuzzer: runs every seed, and changed ones, as many as are asked for: NAME FOLDER
// [CHANGED [SEED]]. It knows nothing of coverage, and so finds less.
namespace {

std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const auto& file : files) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    seeds.push_back(text.str());
  }
  return seeds;
}

std::string changed(const std::vector<std::string>& seeds, std::mt19937_64& random) {
  const auto below = [&random](std::size_t most) { return most == 0 ? 0 : random() % most; };
  std::string text = seeds[below(seeds.size())];
  for (std::size_t changes = 1 + below(8); changes > 0; --changes) {
    const std::size_t place = below(text.size() + 1);
    switch (below(5)) {
      case 0:
        if (place < text.size()) text[place] = static_cast<char>(random());
        break;
      case 1:
        text.erase(place, below(16));
        break;
      case 2:
        text.insert(place, 1, static_cast<char>(random()));
        break;
      case 3:  // a piece of this or of another seed
      {
        const std::string& other = seeds[below(seeds.size())];
        const std::size_t from = below(other.size() + 1);
        text.insert(place, other.substr(from, below(64)));
        break;
      }
      default:
        text.resize(place);
    }
  }
  return text;
}

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::cerr << words[0] << " FOLDER [CHANGED [SEED]]\n";
    return 2;
  }
  const auto seeds = read_seeds(words[1]);
  if (seeds.empty()) {
    std::cerr << words[1] << " holds no seed\n";
    return 2;
  }
  for (const auto& seed : seeds) run(seed);
  const long number = count > 2 ? std::atol(words[2]) : 0;
  std::mt19937_64 random(count > 3 ? std::strtoull(words[3], nullptr, 10) : 1);
  for (long i = 0; i < number; ++i) run(changed(seeds, random));
  std::cout << seeds.size() << " seeds and " << number << " changed ones\n";
  return 0;
}
