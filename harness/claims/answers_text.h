#pragma once

#include <span>
#include <string>

#include "claims/answer.h"
#include "report/page.h"

namespace runoff {

/// A block for each claim that can be read at a glance: the sentence and its answer; then, for each place,
/// what was found with its interval; then what is published. Last a line that counts the answers.
std::string claim_answers_text(std::span<const ClaimAnswer> answers, const Page& page);

/// "holds", "depends: it does in CPython, not in C++".
std::string answer_sentence(const ClaimAnswer& answer);

/// "threads take 1.97 × as long as processes (1.93 to 2.01; yes from 1.20)", or why there is no figure.
std::string place_sentence(const PlaceAnswer& place);

/// Numbers, names and sentences alone.
std::string claims_text(std::span<const Claim> claims, const Page& page);

}  // namespace runoff
