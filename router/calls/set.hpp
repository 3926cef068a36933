// A value is set. Whether it is other than before.
#pragma once

namespace bannette::calls {

template <class T>
bool set(T& to, const T& value) {
  if (to == value) return false;
  to = value;
  return true;
}

}  // namespace bannette::calls
