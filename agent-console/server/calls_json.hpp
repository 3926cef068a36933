// Calls as JSON, for the one who asks: an operator sees the call of their own post and the line's numbers, a
// supervisor everything but numbers and names of callers.
#pragma once
#include <string>

#include <boost/json/object.hpp>

#include "queue/core/authority.hpp"

#include "bannette/v1/calls.pb.h"

namespace bannette::console {

[[nodiscard]] boost::json::object call_json(const v1::Call& call, bool with_caller);
[[nodiscard]] boost::json::object post_json(const v1::PostNow& post);
[[nodiscard]] boost::json::object contacts_json(const v1::Contacts& contacts);
[[nodiscard]] boost::json::object callback_json(const v1::Callback& entry);
[[nodiscard]] boost::json::object callbacks_json(const v1::Callbacks& list);
[[nodiscard]] boost::json::object waits_json(const v1::Waits& waits);

// Where this person sits, and what is there: {"post": ... or null, "call": ... or null}.
[[nodiscard]] boost::json::object own_call_json(const v1::CallsNow& now, const Person& person);
// The line, by role.
[[nodiscard]] boost::json::object line_json(const v1::CallsNow& now, const Person& person);
// Both, with what a screen needs beside them.
[[nodiscard]] boost::json::object calls_now_json(const v1::CallsNow& now, const Person& person);

}  // namespace bannette::console
