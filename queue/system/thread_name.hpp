// A name for the calling thread, as top and profilers show it.
#pragma once
#include <pthread.h>

namespace bannette::system {

// At most 15 characters; a longer one is not taken.
inline void name_thread(const char* name) {
  ::pthread_setname_np(::pthread_self(), name);
}

}  // namespace bannette::system
