# In CI everything is built once, from nothing: what many files read first is then parsed once for all of them.
function(bannette_precompile name)
  cmake_parse_arguments(A "" "" "HEADERS;LINK;FOR" ${ARGN})
  foreach(each ${A_LINK})  # of a name that is no target the definitions would be missing, and Asio would be another one
    if(NOT TARGET ${each})
      message(FATAL_ERROR "${name}: ${each} is no target")
    endif()
  endforeach()
  add_library(${name} OBJECT ${PROJECT_SOURCE_DIR}/cmake/precompiled.cpp)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${A_LINK})
  if(BANNETTE_FUZZ)  # a header is precompiled with the flags of the rooms that take it (see bannette_library)
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  target_precompile_headers(${name} PRIVATE ${A_HEADERS})
  foreach(target ${A_FOR})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endforeach()
endfunction()

if(BANNETTE_PCH)
  set(wire ${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp)
  set(console ${PROJECT_SOURCE_DIR}/cmake/precompiled_console.hpp ${wire})
  bannette_precompile(bannette_precompiled HEADERS ${wire}
    LINK bannette_proto Boost::headers
    FOR bannette_queue_codec bannette_queue_journal bannette_queue_desk bannette_queue_client bannette_queue_broker
        bannette_router_switchboard bannette_router_service bannette_router_review)
  bannette_precompile(bannette_precompiled_console HEADERS ${console}
    LINK bannette_proto bannette_dep_boost Boost::json
    FOR bannette_agent_console_server bannette_agent_console_webhooks)
  # The program's own: it is compiled as an executable's code, which a library's header does not fit.
  target_precompile_headers(bannette PRIVATE ${console})
endif()
