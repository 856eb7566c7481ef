#pragma once

#ifdef __x86_64__

/// Which vectors this processor has: the levels of the x86-64 psABI.
namespace vectors {

#if !defined(__clang__) || __clang_major__ >= 19

/// Whether what is compiled for `target("arch=x86-64-v3")`, with vectors of 256 bits, runs here.
inline bool has_x86_64_v3() { return __builtin_cpu_supports("x86-64-v3"); }

/// The same of `target("arch=x86-64-v4")`, with vectors of 512 bits.
inline bool has_x86_64_v4() { return __builtin_cpu_supports("x86-64-v4"); }

#else  // 16 does not know the levels by name, nor all that they add

inline bool has_x86_64_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("fma");
}

inline bool has_x86_64_v4() {
  return has_x86_64_v3() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

#endif

}  // namespace vectors

#endif
