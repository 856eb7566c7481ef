#include "record/csv.h"

#include "fuzz.h"
#include "record/sample.h"

// samples.csv as whatever a person, a spreadsheet or a full disk made of it: it is read, or refused as
// CsvError. What was read says the same when it is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const runoff::CsvTable table = runoff::parse_csv(text_of(data, size));
    require(table.complete_bytes <= size, "what is complete is a part of the file");
    std::string written;
    for (const auto& row : table.rows) written += runoff::csv_line(row);
    if (table.separator == ',' && !written.empty()) {
      const runoff::CsvTable again = runoff::parse_csv(written);
      require(again.separator != ',' || (again.rows == table.rows && !again.torn),
              "a table that was written is the one read");
    }
    for (const auto& sample : runoff::read_samples(table)) require(sample.order >= 0, "orders count from 0");
  } catch (const runoff::CsvError&) {
  }
  return 0;
}
