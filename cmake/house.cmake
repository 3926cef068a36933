# The rooms of the house. bannette_library(queue/core LINK ...) makes the target bannette_queue_core from the
# sources of the calling folder; includes are written from the project's root: #include "queue/core/dossier.hpp".
function(bannette_library room)
  cmake_parse_arguments(A "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  string(REPLACE "/" "_" name ${room})
  string(REPLACE "-" "_" name ${name})
  set(target bannette_${name})
  if(NOT A_SOURCES)
    file(GLOB A_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  endif()
  add_library(${target} STATIC ${A_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${A_LINK} PRIVATE bannette_warnings ${A_PRIVATE_LINK})
  if(BANNETTE_FUZZ)  # the fuzzer sees which branches of the rooms an input takes; tests and generated code are not its subject
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()

# A test program: bannette_test(unit_router_core SOURCES a.cpp b.cpp LINK bannette_router_core)
# Catch2's main is compiled once, in tests/. Run time is bounded so that a hang is a failure. A test is compiled for
# quick compiling (-O0 takes a third to a half less time than -O1; what it tests is optimised), unless it says COMPUTES:
# then most of its time is its own code's. PRECOMPILED: another target's header than that of all tests (tests/CMakeLists.txt).
function(bannette_test name)
  cmake_parse_arguments(A "COMPUTES" "TIMEOUT;PRECOMPILED" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT A_PRECOMPILED)
    set(A_PRECOMPILED bannette_test_precompiled)
  endif()
  add_executable(test_${name} ${A_SOURCES})
  target_link_libraries(test_${name} PRIVATE ${A_LINK} bannette_test_main bannette_warnings)
  target_compile_definitions(test_${name} PRIVATE
    BANNETTE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BANNETTE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(NOT A_COMPUTES)
    target_compile_options(test_${name} PRIVATE -O0)
    if(BANNETTE_PCH)
      target_precompile_headers(test_${name} REUSE_FROM ${A_PRECOMPILED})
    endif()
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND test_${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${A_TIMEOUT} LABELS "${A_LABELS}")
endfunction()
