# runoff_add_room(NAME [MEASURED] SOURCES file... [KNOWS room...] [LIBRARIES target...] [OWN target...])
#
# A room of the harness is a folder and a library runoff_NAME. Its sources include "NAME/file.h", and the files of the
# rooms that it KNOWS: no other folder is on their include path, so a room that a source has no business with cannot be
# found. LIBRARIES show in the room's headers, OWN ones do not. RUNOFF_FEWER_COMPILATIONS compiles the sources of a room
# together, so names in their unnamed namespaces differ; not of a MEASURED room, whose code stays as it is.
function(runoff_add_room name)
  runoff_add_part_of_room(${name} ${name} ${ARGN})
endfunction()

# runoff_add_part_of_room(ROOM PART ...): the same for a few sources of a room that others link without the rest of it,
# as the library runoff_PART.
function(runoff_add_part_of_room room part)
  cmake_parse_arguments(PARSE_ARGV 2 room "MEASURED" "" "SOURCES;KNOWS;LIBRARIES;OWN")
  set(entrance "${CMAKE_BINARY_DIR}/rooms/${room}")
  file(MAKE_DIRECTORY "${entrance}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${entrance}/${room}" SYMBOLIC)
  list(TRANSFORM room_KNOWS PREPEND runoff_)
  add_library(runoff_${part} STATIC ${room_SOURCES})
  target_include_directories(runoff_${part} PUBLIC "${entrance}")
  target_link_libraries(runoff_${part} PUBLIC ${room_KNOWS} ${room_LIBRARIES} PRIVATE ${room_OWN})
  if(NOT room_MEASURED)
    set_target_properties(runoff_${part} PROPERTIES UNITY_BUILD "${RUNOFF_FEWER_COMPILATIONS}" UNITY_BUILD_BATCH_SIZE 12)
  endif()
endfunction()
