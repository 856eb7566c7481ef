#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "in_temporary.h"
#include "pictures/picture.h"
#include "runoff/memory.h"

namespace {

namespace fs = std::filesystem;
using namespace runoff::testing;

/// A server with one word for every path, on a connection for each request.
class TinyServer {
 public:
  TinyServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0)
      throw std::runtime_error("no server");
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    ::setenv("RUNOFF_ENDPOINT", ("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port))).c_str(), 1);
    thread_ = std::thread([this] { serve(); });
  }
  ~TinyServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    ::unsetenv("RUNOFF_ENDPOINT");
  }

 private:
  void serve() const {
    for (int connection; (connection = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(connection)) {
      char request[4096];
      const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
      if (::recv(connection, request, sizeof(request), 0) > 0)
        ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }

  int listener_;
  std::thread thread_;
};

/// The pipeline with memory of its own, run by this thread.
class Thumbnails : public InTemporary {
 protected:
  static constexpr std::size_t pictures = 3;

  void SetUp() override {
    if (!is_built("thumbnails")) GTEST_SKIP() << "not built here";
    server_.emplace();
    const auto& plugin = load("thumbnails");
    const Given given{{"pictures", "3"}, {"width", "160"}, {"height", "128"}, {"percent", "50"}};
    workload_ = plugin.make(runoff::Parameters(plugin.parameters, given));
    workload_->layout(memory_);
    workload_->fill(memory_);
    results_ = results_for(*workload_, memory_);
  }
  void TearDown() override {
    workload_.reset();
    server_.reset();
  }

  const runoff::Dependent& graph() const { return dynamic_cast<const runoff::Dependent&>(*workload_); }
  void execute() const {
    for (std::size_t step = 0; step < graph().steps(); ++step)
      for (std::size_t picture = pictures; picture-- > 0;) graph().run(step, picture, results_);
  }
  fs::path file(const std::string& name) const { return folder_ / "runoff-thumbnails" / name; }
  std::string failure(std::size_t step, std::size_t picture) const {
    return std::string(workload_->record(results_, graph().slot(step, picture))->failure());
  }
  void expect_wrong(const std::string& why) const {
    const runoff::Check check = workload_->check(results_);
    EXPECT_FALSE(check.right);
    EXPECT_NE(check.why.find(why), std::string::npos) << check.why;
  }

  std::optional<TinyServer> server_;
  runoff::Memory memory_ = runoff::Memory::create();
  std::unique_ptr<runoff::Workload> workload_;
  runoff::Results results_;
};

TEST_F(Thumbnails, StoresASmallPictureForEach) {
  expect_wrong("had not run");
  for (int execution = 0; execution < 2; ++execution) {
    execute();
    const runoff::Check check = workload_->check(results_);
    ASSERT_TRUE(check.right) << check.why;
  }
  std::set<std::string> contents;
  for (const char* name : {"0.small.jpg", "1.small.jpg", "2.small.jpg"})
    contents.insert(read_file(file(name)));
  EXPECT_EQ(contents.size(), pictures);
  EXPECT_TRUE(contents.begin()->starts_with("\xFF\xD8"));
  EXPECT_LT(contents.begin()->size(), fs::file_size(file("0.jpg")));
}

// A file system has work with files that are replaced, which no pipeline waits for that runs once.
TEST_F(Thumbnails, WritesOverItsFiles) {
  const auto inode = [this](const char* name) {
    struct stat found {};
    EXPECT_EQ(::stat(file(name).c_str(), &found), 0);
    return found.st_ino;
  };
  execute();
  const auto before = inode("1.small.jpg");
  write_file(file("1.small.jpg"), read_file(file("1.small.jpg")) + "longer");
  execute();
  EXPECT_EQ(inode("1.small.jpg"), before);
  const runoff::Check check = workload_->check(results_);
  EXPECT_TRUE(check.right) << check.why;
}

TEST_F(Thumbnails, NoticesWhatIsNotOnTheDisk) {
  execute();
  const std::string right = read_file(file("1.small.jpg"));
  write_file(file("1.small.jpg"), right + "x");
  expect_wrong("1.small.jpg: is not what was to be stored");
  write_file(file("1.small.jpg"), right.substr(0, 300));
  expect_wrong("1.small.jpg: is not what was to be stored");
  fs::remove(file("1.small.jpg"));
  expect_wrong("1.small.jpg: cannot be read back");
}

TEST_F(Thumbnails, NoticesAPictureInAnothersPlace) {
  fs::copy_file(file("0.jpg"), file("2.jpg"), fs::copy_options::overwrite_existing);
  execute();
  expect_wrong("2.small.jpg: PSNR of ");
}

TEST_F(Thumbnails, ATaskThatRunsBeforeItsInputEndsTheExecution) {
  EXPECT_THROW(graph().run(1, 0, results_), runoff::WrongInput);
  execute();
  graph().run(0, 1, results_);
  EXPECT_THROW(graph().run(2, 1, results_), runoff::WrongInput);  // its input is of the execution before
}

TEST_F(Thumbnails, AStageAfterOneThatFailedFailsToo) {
  fs::remove(file("1.jpg"));
  execute();
  EXPECT_EQ(failure(0, 1), "open 1.jpg: No such file or directory");
  EXPECT_EQ(failure(1, 1), "the stage before failed");
  EXPECT_EQ(failure(2, 1), "the stage before failed");
  EXPECT_EQ(failure(2, 0), "");
  EXPECT_TRUE(workload_->check(results_).right);
}

TEST_F(Thumbnails, AServerThatIsNotThereFailsTheFetch) {
  server_.reset();
  execute();
  EXPECT_TRUE(failure(0, 0).starts_with("connection refused")) << failure(0, 0);
}

}  // namespace
