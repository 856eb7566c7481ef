#include "explain/serial_cost.h"

#include <gtest/gtest.h>

#include "stamps.h"

namespace runoff {
namespace {

TEST(SerialCost, TasksOfAPieceAreAlikeAndPiecesAreNot) {
  // Stamped, it took 1000; by itself 500.
  const SerialCost serial(one_execution(2000, {{chunk(0, 4, 1000, 1200), chunk(4, 4, 1200, 2000)}}), 500);
  EXPECT_DOUBLE_EQ(serial.work_ns(), 500);
  EXPECT_DOUBLE_EQ(serial.wait_ns(), 0);
  EXPECT_DOUBLE_EQ(serial.of(chunk(0, 8, 0, 1)), 500);
  EXPECT_DOUBLE_EQ(serial.of(chunk(1, 2, 0, 1)), 50);
  EXPECT_DOUBLE_EQ(serial.of(chunk(3, 2, 0, 1)), 25 + 100);
  EXPECT_DOUBLE_EQ(serial.of(chunk(7, 1, 0, 1)), 100);
}

TEST(SerialCost, WorkAndWaitingShareTheTime) {
  const SerialCost serial(one_execution(2000, {{chunk(0, 2, 1000, 2000, 250)}}), 800);
  EXPECT_DOUBLE_EQ(serial.work_ns(), 200);
  EXPECT_DOUBLE_EQ(serial.wait_ns(), 600);
  EXPECT_DOUBLE_EQ(serial.of(chunk(0, 1, 0, 1)), 100);
}

TEST(SerialCost, TasksOfAGraphHaveOneEach) {
  const SerialCost serial(
      one_execution(1400, {{graph_task(0, 0, 1000, 1000, 1100), graph_task(1, 0, 1100, 1100, 1400)}}), 400);
  EXPECT_DOUBLE_EQ(serial.of(graph_task(1, 0, 0, 0, 7)), 300);
  EXPECT_DOUBLE_EQ(serial.of(graph_task(2, 0, 0, 0, 7)), 0);
}

TEST(SerialCost, WithoutStampsTheWholeIsWork) {
  const SerialCost serial({}, 700);
  EXPECT_DOUBLE_EQ(serial.work_ns(), 700);
  EXPECT_DOUBLE_EQ(serial.of(chunk(0, 1, 0, 1)), 0);
}

}  // namespace
}  // namespace runoff
