# runoff_add_backend(NAME name SOURCES file... [LIBRARIES target...] [PYTHON file...]
#                    [ONLY_BY_NAME] [NEEDS condition REASON text PACKAGE package])
# runoff_add_workload(... the same ...)
#
# Each makes one module that the harness finds at run time. Where NEEDS names a variable that is false, nothing is
# built, and `runoff list` says why (REASON) and what would bring it (PACKAGE). One that the module says is
# `.only_by_name` is ONLY_BY_NAME here too, so that its absence is no news unless it is asked for. PYTHON names files that
# are to lie beside the module: of a workload NAME.py, its Python form, and what that imports. PROGRAMS show how to use a
# backend's runtime: SHAPE.cpp or SHAPE.py, which `runoff show NAME SHAPE` prints; by default those in the folder `show`.
# Inside runoff modules go to lib/runoff; in a project of your own they stay in its build folder, for --plugin FILE.
#
# A workload that links runoff::asynchronous is compiled once more with Boost.Asio on io_uring, for backends that are:
# uring/NAME.so, beside NAME.so. A library of your own that has coroutines needs a second target for that, whose name
# ends in `_uring` and which links runoff::asynchronous_uring.

# In `result` the libraries of a module in that build; none where it has none.
function(_runoff_uring_libraries result)
  set(libraries ${ARGN})
  foreach(library IN LISTS ARGN)
    if(TARGET ${library}_uring)
      list(TRANSFORM libraries REPLACE "^${library}$" "${library}_uring")
    endif()
  endforeach()
  if("${libraries}" STREQUAL "${ARGN}")
    set(libraries "")
  endif()
  set(${result} "${libraries}" PARENT_SCOPE)
endfunction()

# One build of a module: `folder`/NAME.so.
function(_runoff_add_build target name folder)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "SOURCES;LIBRARIES;INSTALL")
  add_library(${target} MODULE ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE runoff::sdk ${arg_LIBRARIES})
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME "${name}" LIBRARY_OUTPUT_DIRECTORY "${folder}"
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN OFF)
  # The module tells how it was compiled; what decides that beside these flags, the compiler says by itself.
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}" flags)
  string(REPLACE "\"" "\\\"" flags "${flags}")
  target_compile_definitions(${target} PRIVATE "RUNOFF_MODULE_FLAGS=\"${flags}\"")
  if(arg_INSTALL)
    install(TARGETS ${target} LIBRARY DESTINATION "${arg_INSTALL}")
  endif()
endfunction()

function(_runoff_add_module kind)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ONLY_BY_NAME" "NAME;NEEDS;REASON;PACKAGE" "SOURCES;LIBRARIES;PYTHON;PROGRAMS")
  if(NOT arg_NAME OR NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "runoff_add_${kind}: needs NAME and SOURCES; unknown: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_PROGRAMS)
    file(GLOB arg_PROGRAMS CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/show/*")
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}")
  if(RUNOFF_MODULE_DIR)
    set(folder "${RUNOFF_MODULE_DIR}/${kind}s")
  endif()
  if(RUNOFF_INSTALL_MODULES)
    set_property(GLOBAL APPEND PROPERTY RUNOFF_${kind}s ${arg_NAME})
  endif()
  set(absent "${folder}/${arg_NAME}.absent.json")
  file(REMOVE "${absent}")
  if(arg_NEEDS AND NOT ${arg_NEEDS})
    set(by_name false)
    if(arg_ONLY_BY_NAME)
      set(by_name true)
    endif()
    file(WRITE "${absent}" "{\"name\": \"${arg_NAME}\", \"reason\": \"${arg_REASON}\", "
      "\"package\": \"${arg_PACKAGE}\", \"only_by_name\": ${by_name}}\n")
    message(STATUS "${kind} ${arg_NAME}: left out, ${arg_REASON} (${arg_PACKAGE})")
    return()
  endif()
  set(install "")
  if(RUNOFF_INSTALL_MODULES)
    set(install "lib/runoff/${kind}s")
  elseif(RUNOFF_PROBES)
    set(install "lib/runoff/probes/${kind}s")
  endif()
  string(REPLACE "-" "_" target "${kind}_${arg_NAME}")
  _runoff_add_build(${target} "${arg_NAME}" "${folder}" SOURCES ${arg_SOURCES} LIBRARIES ${arg_LIBRARIES}
    INSTALL ${install})
  _runoff_uring_libraries(libraries ${arg_LIBRARIES})
  if(kind STREQUAL workload AND libraries)
    if(install)
      string(APPEND install "/uring")
    endif()
    _runoff_add_build(${target}_uring "${arg_NAME}" "${folder}/uring" SOURCES ${arg_SOURCES} LIBRARIES ${libraries}
      INSTALL ${install})
    add_dependencies(${target} ${target}_uring)
  endif()
  foreach(file IN LISTS arg_PYTHON)
    cmake_path(GET file FILENAME name)
    # Copied when it changes; several workloads may share one.
    configure_file("${file}" "${folder}/${name}" COPYONLY)
  endforeach()
  if(RUNOFF_INSTALL_MODULES)
    foreach(file IN LISTS arg_PROGRAMS)
      cmake_path(GET file FILENAME name)
      configure_file("${file}" "${CMAKE_BINARY_DIR}/share/runoff/programs/${arg_NAME}/${name}" COPYONLY)
    endforeach()
    install(FILES ${arg_PROGRAMS} DESTINATION "share/runoff/programs/${arg_NAME}")
    install(FILES ${arg_PYTHON} DESTINATION "lib/runoff/${kind}s")
  endif()
endfunction()

function(runoff_add_backend)
  _runoff_add_module(backend ${ARGV})
endfunction()

function(runoff_add_workload)
  _runoff_add_module(workload ${ARGV})
endfunction()
