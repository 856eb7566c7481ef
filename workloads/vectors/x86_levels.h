#pragma once

/// Which vectors this processor has: the levels of the x86-64 psABI, by the instructions that they add.
/// (Clang knows the levels by name from version 16 on.)
namespace vectors {

/// Whether what is compiled for `target("arch=x86-64-v3")`, with vectors of 256 bits, runs here.
inline bool has_x86_64_v3() {
#ifdef __x86_64__
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
#else
  return false;
#endif
}

/// The same of `target("arch=x86-64-v4")`, with vectors of 512 bits.
inline bool has_x86_64_v4() {
#ifdef __x86_64__
  return has_x86_64_v3() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

}  // namespace vectors
