# What find_package(runoff) finds: in the build folder as it is, and where `cmake --install` puts it.
include(CMakePackageConfigHelpers)
set_target_properties(runoff_sdk PROPERTIES EXPORT_NAME sdk)
set_target_properties(runoff_scheduling PROPERTIES EXPORT_NAME scheduling)
set(package_folder lib/cmake/runoff)

install(TARGETS runoff_sdk runoff_scheduling EXPORT runoffTargets)
install(EXPORT runoffTargets NAMESPACE runoff:: DESTINATION ${package_folder})
install(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/harness/include/runoff" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
export(EXPORT runoffTargets NAMESPACE runoff:: FILE "${CMAKE_BINARY_DIR}/runoffTargets.cmake")

configure_package_config_file(cmake/runoffConfig.cmake.in "${CMAKE_BINARY_DIR}/runoffConfig.cmake"
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file("${CMAKE_BINARY_DIR}/runoffConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
foreach(file IN ITEMS RunoffModules Asynchronous)
  configure_file(cmake/${file}.cmake "${CMAKE_BINARY_DIR}/${file}.cmake" COPYONLY)
endforeach()
install(FILES "${CMAKE_BINARY_DIR}/runoffConfig.cmake" "${CMAKE_BINARY_DIR}/runoffConfigVersion.cmake"
  cmake/RunoffModules.cmake cmake/Asynchronous.cmake DESTINATION ${package_folder})
