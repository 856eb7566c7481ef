# Do these tests find mistakes? Each mutant is a copy of one header with one mistake in it (mutants.py), and the backend or
# the test that is compiled with it.
set(mutants_py "${CMAKE_CURRENT_SOURCE_DIR}/mutants.py")
set(sanitizer)
if(RUNOFF_SANITIZER STREQUAL tsan)
  set(sanitizer tsan)
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${mutants_py}")
execute_process(COMMAND "${RUNOFF_TEST_PYTHON}" "${mutants_py}" --list ${sanitizer} OUTPUT_VARIABLE mutants
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" mutants "${mutants}")

foreach(mutant IN LISTS mutants)
  string(REPLACE " " ";" mutant "${mutant}")
  list(GET mutant 0 name)
  list(GET mutant 1 header)
  list(GET mutant 2 program)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/mutants/${name}")
  add_custom_command(OUTPUT "${folder}/runoff/${header}"
    COMMAND "${RUNOFF_TEST_PYTHON}" "${mutants_py}" --write ${name} "${folder}"
    DEPENDS "${mutants_py}" "${PROJECT_SOURCE_DIR}/harness/include/runoff/${header}" VERBATIM)
  set(target mutant_${name})
  if(program STREQUAL team)
    add_library(${target} MODULE "${backends}/std-thread/std-thread.cpp" "${folder}/runoff/${header}")
    target_compile_definitions(${target} PRIVATE RUNOFF_MODULE_FLAGS="")
    set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME std-thread CXX_VISIBILITY_PRESET hidden
      LIBRARY_OUTPUT_DIRECTORY "${folder}")
    set(hunter "$<TARGET_FILE:team_stress>")
  else()
    add_executable(${target} ../recursion/window_test.cpp "${folder}/runoff/${header}")
    target_link_libraries(${target} PRIVATE GTest::gtest_main)
    set(hunter "$<TARGET_FILE:${target}>")
  endif()
  target_include_directories(${target} BEFORE PRIVATE "${folder}")
  target_link_libraries(${target} PRIVATE runoff::sdk)
  target_compile_definitions(${target} PRIVATE "${hook}")
  # Mistakes may leave something unused.
  target_compile_options(${target} PRIVATE -O1 -w)
  list(APPEND targets ${target})
  list(APPEND built "${name}=${folder}=${hunter}")
endforeach()
add_custom_target(mutants DEPENDS team_stress ${targets})
add_test(NAME stress.mutants COMMAND "${RUNOFF_TEST_PYTHON}" "${mutants_py}" --hunt ${built})
set_tests_properties(stress.mutants PROPERTIES LABELS stress TIMEOUT 600
  ENVIRONMENT "${RUNOFF_TEST_ENVIRONMENT};RUNOFF_STRESS_SEED=1")
