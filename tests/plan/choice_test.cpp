#include "plan/choice.h"

#include <gtest/gtest.h>

#include "catalog/catalog_of.h"
#include "support/errors.h"

namespace runoff {
namespace {

using Texts = std::vector<std::string>;

class Choice : public testing::Test {
 protected:
  Texts backends(const Texts& items, Absent absent = Absent::is_an_error) {
    Texts names;
    for (const auto& one : choose_backends(catalog_, items, absent))
      names.push_back(one.module->name + (one.variant.empty() ? "" : " " + one.variant));
    return names;
  }
  Texts workloads(const Texts& names, const Texts& settings, const Texts& preset_settings = {}) {
    Texts chosen;
    for (const auto& one : choose_workloads(catalog_, names, preset_settings, settings, Absent::is_an_error))
      chosen.push_back(one.module->name + " " + one.parameters);
    return chosen;
  }
  /// The message of what is refused; empty when nothing is.
  template <class F>
  static std::string refused(F&& choose) {
    try {
      choose();
    } catch (const UsageError& error) {
      return error.what();
    }
    return {};
  }

  Catalog catalog_ = small_catalog();
};

TEST_F(Choice, ABackendWithoutAVariantRunsItsDefault) {
  EXPECT_EQ(backends({"team", "alone"}), (Texts{"team mode=pool;wait=spin", "alone"}));
}

TEST_F(Choice, OptionsAreGivenInAnyOrderAndSeparatedInTwoWays) {
  EXPECT_EQ(backends({"team:wait=sleep:mode=spawn"}), Texts{"team mode=spawn;wait=sleep"});
  EXPECT_EQ(backends({"team:mode=spawn;chunk=4"}), Texts{"team mode=spawn;wait=spin;chunk=4"});
}

TEST_F(Choice, AStarMeansAllVariantsDefaultFirst) {
  EXPECT_EQ(backends({"team:*"}), (Texts{"team mode=pool;wait=spin", "team mode=pool;wait=sleep",
                                         "team mode=spawn;wait=spin", "team mode=spawn;wait=sleep"}));
  EXPECT_EQ(backends({"team:*:wait=sleep"}),
            (Texts{"team mode=pool;wait=sleep", "team mode=spawn;wait=sleep"}));
  EXPECT_EQ(backends({"alone:*"}), Texts{"alone"});
}

TEST_F(Choice, AStarAsNameMeansAllThatAreAvailable) {
  EXPECT_EQ(backends({"*"}), (Texts{"alone", "team mode=pool;wait=spin"}));
  EXPECT_EQ(backends({"*:*"}).size(), 5U);
}

TEST_F(Choice, AStarMeansNoneThatIsMeantByItsNameAlone) {
  catalog_.backends.front().only_by_name = true;
  const std::string name = catalog_.backends.front().name;
  EXPECT_EQ(backends({"*"}).size(), 1U);
  EXPECT_EQ(backends({name, "*"}).size(), 2U);
}

TEST_F(Choice, AMinusTakesOutWhatWasChosenBefore) {
  EXPECT_EQ(backends({"*:*", "-team"}), Texts{"alone"});
  EXPECT_EQ(backends({"*", "-gone", "-team", "team:mode=spawn"}),
            (Texts{"alone", "team mode=spawn;wait=spin"}));
  EXPECT_EQ(refused([&] { backends({"*", "-teem"}); }), "unknown backend 'teem'; did you mean 'team'?");
}

TEST_F(Choice, WhatOnlyTakesOutTakesOutOfTheUsual) {
  EXPECT_EQ(instead_of({"*", "-gone"}, Texts{}), (Texts{"*", "-gone"}));
  EXPECT_EQ(instead_of({"*"}, Texts{"-team"}), (Texts{"*", "-team"}));
  EXPECT_EQ(instead_of({"*"}, Texts{"alone", "-team"}), (Texts{"alone", "-team"}));
  EXPECT_TRUE(only_take_out(Texts{}));
  EXPECT_TRUE(only_take_out(Texts{"-team", "-alone"}));
  EXPECT_FALSE(only_take_out(Texts{"-team", "alone"}));
}

TEST_F(Choice, NothingIsChosenTwice) {
  EXPECT_EQ(backends({"team", "team:mode=pool", "*"}), (Texts{"team mode=pool;wait=spin", "alone"}));
}

TEST_F(Choice, UnknownBackendsAreRefusedWithTheNearest) {
  EXPECT_EQ(refused([&] { backends({"taem"}); }), "unknown backend 'taem'; did you mean 'team'?");
  EXPECT_EQ(refused([&] { backends({"zzzzzzzz"}); }), "unknown backend 'zzzzzzzz'; known: alone, gone, team");
}

TEST_F(Choice, AbsentBackendsAreRefusedUnlessAPresetNamesThem) {
  EXPECT_EQ(refused([&] { backends({"gone"}); }),
            "backend 'gone' is not available: no library; apt-get install libgone-dev");
  EXPECT_EQ(backends({"gone", "nobody", "alone"}, Absent::is_left_out), Texts{"alone"});
}

TEST_F(Choice, WrongVariantsAreRefused) {
  EXPECT_EQ(refused([&] { backends({"team:mood=pool"}); }),
            "backend 'team' has no option 'mood'; did you mean 'mode'?");
  EXPECT_EQ(refused([&] { backends({"alone:mode=pool"}); }), "backend 'alone' has no variants");
  EXPECT_NE(refused([&] { backends({"team:mode=swim"}); }).find("one of pool, spawn"), std::string::npos);
  EXPECT_NE(refused([&] { backends({"team:chunk=0"}); }).find("from 1 to 100"), std::string::npos);
  EXPECT_NE(refused([&] { backends({"team:spawn"}); }).find("not OPTION=VALUE"), std::string::npos);
}

TEST_F(Choice, SettingsReplaceDefaultsAndThoseOfThePreset) {
  EXPECT_EQ(workloads({"sums"}, {}), Texts{"sums n=1000;grain=10"});
  EXPECT_EQ(workloads({"sums"}, {"sums.n=7"}, {"sums.n=5", "sums.grain=2"}), Texts{"sums n=7;grain=2"});
  EXPECT_EQ(workloads({"texts"}, {"texts.from=a,b"}), Texts{"texts size=1MiB;from=a,b"});
}

TEST_F(Choice, SeveralValuesAreTakenInTurn) {
  EXPECT_EQ(workloads({"sums"}, {"sums.n=1,2", "sums.grain=3,4"}),
            (Texts{"sums n=1;grain=3", "sums n=2;grain=3", "sums n=1;grain=4", "sums n=2;grain=4"}));
}

TEST_F(Choice, WrongSettingsAreRefused) {
  for (const auto* text : {"n=1", "sums=1", "sums.n", ".n=1", "sums.=1"})
    EXPECT_NE(refused([&] { workloads({"sums"}, {text}); }).find("not WORKLOAD.PARAMETER=VALUE"),
              std::string::npos)
        << text;
  EXPECT_EQ(refused([&] { workloads({"sums"}, {"sums.grian=1"}); }),
            "workload 'sums' has no parameter 'grian'; did you mean 'grain'?");
  EXPECT_EQ(refused([&] { workloads({"sums"}, {"smus.n=1"}); }),
            "unknown workload 'smus'; did you mean 'sums'?");
  for (const auto* value : {"-1", "1000001", "x", "", "1.5", "1,"})
    EXPECT_NE(refused([&] { workloads({"sums"}, {std::string("sums.n=") + value}); }).find("a whole number"),
              std::string::npos)
        << value;
}

TEST_F(Choice, CommasAreNoSeparatorsInText) {
  EXPECT_EQ(workloads({"texts"}, {"texts.from=http://h/a,b?c=d"}),
            Texts{"texts size=1MiB;from=http://h/a,b?c=d"});
}

}  // namespace
}  // namespace runoff
