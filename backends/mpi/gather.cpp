#include "gather.h"

#include <algorithm>
#include <cstring>

#include "tags.h"

namespace runoff::mpi {
namespace {

struct Header {
  Seen seen;
  std::uint64_t chunks;
  std::uint64_t failed;
  FailureKind kind;
  std::uint64_t step;
  std::uint64_t text;
};

}  // namespace

void Report::keep_caught() {
  failed = true;
  with_caught([this](FailureKind caught, const char* text) {
    kind = caught;
    failure = text;
  });
}

Gather::Gather(const Ranks& ranks, const std::vector<Range>& chunks, Results slots, const SharedSlots* shared)
    : ranks_(ranks), chunks_(chunks), slots_(slots), shared_(shared) {
  MPI_Datatype bytes = MPI_DATATYPE_NULL;
  MPI_Type_contiguous(static_cast<int>(slots.size()), MPI_BYTE, &bytes);
  MPI_Type_create_resized(bytes, 0, static_cast<MPI_Aint>(slots.stride()), &slot_);
  MPI_Type_commit(&slot_);
  MPI_Type_free(&bytes);
}

Gather::~Gather() { MPI_Type_free(&slot_); }

// The same messages on both sides: transfer(first byte, slots) for all slots of the chunks, in messages of
// about 1 MiB: far below the 2 GiB at which counts and some transports end, and often enough done to show
// progress.
template <class Transfer>
void Gather::for_each_message(const std::vector<std::int64_t>& chunks, Transfer transfer) const {
  const std::size_t most =
      std::max<std::size_t>(1, (std::size_t{1} << 20) / std::max<std::size_t>(1, slots_.stride()));
  for (const std::int64_t index : chunks) {
    const Range chunk = chunks_[static_cast<std::size_t>(index)];
    for (std::size_t first = chunk.first; first < chunk.last; first += most)
      transfer(slots_.bytes(first).data(), std::min(most, chunk.last - first));
  }
}

void Gather::send(const Report& report) {
  Header header{report.seen, report.chunks.size(), report.failed,
                report.kind, report.step,          report.failure.size()};
  for (const std::int64_t chunk : report.chunks)
    header.seen.bytes_copied += chunks_[static_cast<std::size_t>(chunk)].size() * slots_.size();
  if (shared_ != nullptr) shared_->sync();
  std::vector<MPI_Request> sends;
  const auto send = [&](const void* data, std::size_t count, MPI_Datatype type, Tag tag) {
    MPI_Isend(data, static_cast<int>(count), type, 0, tag, ranks_.all(), &sends.emplace_back());
  };
  send(&header, sizeof(header), MPI_BYTE, tag_report);
  if (header.chunks > 0) send(report.chunks.data(), header.chunks, MPI_INT64_T, tag_chunks);
  if (header.text > 0) send(report.failure.data(), header.text, MPI_CHAR, tag_failure);
  if (shared_ == nullptr)
    for_each_message(report.chunks,
                     [&](std::byte* first, std::size_t slots) { send(first, slots, slot_, tag_slots); });
  ranks_.finish(sends);
}

void Gather::take_shared(const std::vector<std::int64_t>& chunks) {
  shared_->sync();
  for (const std::int64_t index : chunks) {
    const Range chunk = chunks_[static_cast<std::size_t>(index)];
    for (std::size_t slot = chunk.first; slot < chunk.last; ++slot)
      std::memcpy(slots_.bytes(slot).data(), shared_->slots().bytes(slot).data(), slots_.size());
  }
}

std::vector<Report> Gather::receive() {
  std::vector<Report> reports(static_cast<std::size_t>(ranks_.size() - 1));
  std::vector<MPI_Request> slot_messages;
  for (Report& report : reports) {
    MPI_Status status;
    MPI_Message message = ranks_.wait_for_message(tag_report, status);
    Header header;
    MPI_Mrecv(&header, sizeof(header), MPI_BYTE, &message, MPI_STATUS_IGNORE);
    const auto receive = [&](void* data, std::size_t count, MPI_Datatype type, Tag tag) {
      MPI_Recv(data, static_cast<int>(count), type, status.MPI_SOURCE, tag, ranks_.all(), MPI_STATUS_IGNORE);
    };
    report.seen = header.seen;
    report.failed = header.failed != 0;
    report.kind = header.kind;
    report.step = header.step;
    report.chunks.resize(header.chunks);
    report.failure.resize(header.text);
    if (header.chunks > 0) receive(report.chunks.data(), header.chunks, MPI_INT64_T, tag_chunks);
    if (header.text > 0) receive(report.failure.data(), header.text, MPI_CHAR, tag_failure);
    if (shared_ != nullptr) {
      take_shared(report.chunks);
      continue;
    }
    // Slots go where they belong while this rank takes the next report.
    for_each_message(report.chunks, [&](std::byte* first, std::size_t slots) {
      MPI_Irecv(first, static_cast<int>(slots), slot_, status.MPI_SOURCE, tag_slots, ranks_.all(),
                &slot_messages.emplace_back());
    });
  }
  ranks_.finish(slot_messages);
  return reports;
}

}  // namespace runoff::mpi
