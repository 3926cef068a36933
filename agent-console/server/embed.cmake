# Puts files into the program: bannette_embed(OUT.cpp FOLDER dir FILES ...) writes a source that holds them byte for
# byte, as `embedded_files()` of assets.hpp. A changed file rebuilds it; a new one in the folder configures again.
function(bannette_embed out)
  cmake_parse_arguments(A "" "FOLDER" "FILES" ${ARGN})
  file(GLOB_RECURSE in_folder CONFIGURE_DEPENDS ${A_FOLDER}/*)
  list(SORT in_folder)
  set(blocks "")
  set(names "")
  set(number 0)
  foreach(file IN LISTS in_folder A_FILES)
    if(file IN_LIST A_FILES)
      get_filename_component(name ${file} NAME)
    else()
      file(RELATIVE_PATH name ${A_FOLDER} ${file})
    endif()
    string(APPEND blocks "BANNETTE_EMBED(file_${number}, \"${file}\")\n")
    string(APPEND names "      {\"/${name}\", {file_${number}_begin, file_${number}_end}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT [=[
// Written by agent-console/server/embed.cmake.
#include "agent-console/server/assets.hpp"

#define BANNETTE_EMBED(name, path)                                                             \
  asm(".section .rodata\n.balign 16\n" #name "_begin:\n.incbin \"" path "\"\n" #name "_end:\n" \
      ".byte 0\n.previous\n");                                                                 \
  extern "C" const char name##_begin[];                                                        \
  extern "C" const char name##_end[];

@blocks@
namespace bannette::console {

std::vector<Embedded> embedded_files() {
  return {
@names@  };
}

}  // namespace bannette::console
]=])
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${in_folder};${A_FILES}")
endfunction()
