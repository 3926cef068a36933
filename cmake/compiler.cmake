# Which compilers are fit, and how we compile.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12.3)
  message(FATAL_ERROR
    "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles coroutines (crashes and double frees at run time). "
    "Use clang 19, which Debian 12 ships:\n"
    "  sudo apt-get install clang-19 lld-19\n"
    "  cmake --preset release        (the presets name clang-19; remove the old build folder first)\n"
    "or g++ 12.3 and later.")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(BANNETTE_WERROR "Treat warnings as errors (CI does)" OFF)
set(BANNETTE_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread")

find_program(BANNETTE_CCACHE ccache)
if(BANNETTE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${BANNETTE_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${BANNETTE_CCACHE})
endif()
find_program(BANNETTE_LLD NAMES ld.lld-19 ld.lld)
if(BANNETTE_LLD AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_link_options(--ld-path=${BANNETTE_LLD})
endif()

# Our own code is held to these; generated and outside code is not.
add_library(bannette_warnings INTERFACE)
target_compile_options(bannette_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wnull-dereference)
if(BANNETTE_WERROR)
  target_compile_options(bannette_warnings INTERFACE -Werror)
endif()

if(BANNETTE_SANITIZE)
  add_compile_options(-fsanitize=${BANNETTE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1)
  add_link_options(-fsanitize=${BANNETTE_SANITIZE})
endif()
