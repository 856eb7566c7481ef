#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "driven.h"
#include "pictures/picture.h"

namespace {

using pictures::Picture;
using pictures::psnr;
using runoff::testing::Driven;

TEST(Psnr, IsTheTextbooks) {
  const std::vector<unsigned char> black(300, 0), grey(300, 1), white(300, 255);
  EXPECT_NEAR(psnr(black, grey), 48.13, 0.01);
  EXPECT_NEAR(psnr(black, white), 0, 1e-9);
  EXPECT_TRUE(std::isinf(psnr(grey, grey)));
}

TEST(Picture, DependsOnItsSeedAndIsSmooth) {
  const auto one = Picture(1).pixels(200, 150);
  EXPECT_EQ(one, Picture(1).pixels(200, 150));
  EXPECT_LT(psnr(one, Picture(2).pixels(200, 150)), 25);
  for (std::size_t i = 3; i < one.size(); ++i)
    if (i % 600 >= 3) {
      ASSERT_LE(std::abs(one[i] - one[i - 3]), 6) << i;
    }
}

class ImageResize : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!runoff::testing::is_built("image-resize")) GTEST_SKIP() << "not built here";
    driven_.emplace("image-resize",
                    runoff::testing::Given{{"images", "4"}, {"width", "160"}, {"height", "128"}});
    driven_->run_shuffled();
  }
  std::uint64_t& size(std::size_t slot) { return driven_->results().at<std::uint64_t>(slot); }
  std::byte* jpeg(std::size_t slot) { return driven_->results().bytes(slot).data() + sizeof(std::uint64_t); }
  void expect_wrong(const std::string& part) {
    const runoff::Check check = driven_->check();
    EXPECT_FALSE(check.right);
    EXPECT_NE(check.why.find("picture 2"), std::string::npos) << check.why;
    EXPECT_NE(check.why.find(part), std::string::npos) << check.why;
  }
  std::optional<Driven> driven_;
};

TEST_F(ImageResize, ResultsAreJpegs) {
  for (std::size_t slot = 0; slot < 4; ++slot) {
    EXPECT_GT(size(slot), 500u);
    EXPECT_EQ(jpeg(slot)[0], std::byte{0xFF});
    EXPECT_EQ(jpeg(slot)[1], std::byte{0xD8});
    EXPECT_EQ(jpeg(slot)[size(slot) - 1], std::byte{0xD9});
  }
}

TEST_F(ImageResize, NoticesATruncatedJpeg) {
  size(2) /= 2;
  expect_wrong("cannot be decoded");
}

TEST_F(ImageResize, NoticesDamage) {
  std::fill_n(jpeg(2) + size(2) / 2, 40, std::byte{0x55});
  expect_wrong("picture 2");
}

TEST_F(ImageResize, NoticesThatThereIsNoJpeg) {
  std::fill_n(jpeg(2), 20, std::byte{0});
  expect_wrong("Not a JPEG");
  size(2) = 0;
  expect_wrong("Empty");
  size(2) = std::uint64_t{1} << 60;
  expect_wrong("fit");
}

TEST_F(ImageResize, NoticesAnotherPicture) {
  const auto other = driven_->results().bytes(3);
  std::copy(other.begin(), other.end(), driven_->results().bytes(2).begin());
  expect_wrong("PSNR");
}

TEST_F(ImageResize, NoticesAPictureOfTheOldSize) {
  // The inputs lie one after the other in slots of their own; the JPEG of the old size has its size in front,
  // too.
  const auto* input = driven_->inputs();
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, input, sizeof bytes);
  ASSERT_LT(bytes + sizeof bytes, driven_->results().size());
  std::memcpy(driven_->results().bytes(2).data(), input, bytes + sizeof bytes);
  expect_wrong("160 by 128");
}

TEST_F(ImageResize, ADamagedInputIsAnExceptionNotTheEnd) {
  std::memset(driven_->inputs() + sizeof(std::uint64_t), 0, 16);
  for (int again = 0; again < 3; ++again) try {
      driven_->workload().run({0, 1}, driven_->results());
      ADD_FAILURE() << "no exception";
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find("Not a JPEG"), std::string::npos) << error.what();
    }
  driven_->workload().run({1, 4}, driven_->results());
}

// The corners of the domain, as far as a test has time: small to smaller, small to larger, long and thin.
TEST(ImageResizeDomain, EverySizeIsLikeItsPicture) {
  if (!runoff::testing::is_built("image-resize")) GTEST_SKIP() << "not built here";
  using Given = runoff::testing::Given;
  for (const char* percent : {"25", "33", "50", "99", "100", "101", "200"})
    for (const auto& given : {Given{{"width", "128"}, {"height", "128"}, {"images", "20"}},
                              Given{{"width", "1111"}, {"height", "129"}, {"images", "2"}},
                              Given{{"width", "128"}, {"height", "2000"}, {"images", "2"}}}) {
      Given all = given;
      all["percent"] = percent;
      Driven driven("image-resize", all);
      driven.run_shuffled();
      const runoff::Check check = driven.check();
      EXPECT_TRUE(check.right) << percent << " % of " << all["width"] << ": " << check.why;
    }
}

}  // namespace
