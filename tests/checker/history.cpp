#include "tests/checker/history.hpp"

#include <stdexcept>
#include <tuple>

namespace bannette::checker {

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::submit:
      return "submit";
    case Kind::hold:
      return "hold";
    case Kind::next:
      return "next";
    case Kind::renew:
      return "renew";
    case Kind::accept:
      return "accept";
    case Kind::act:
      return "act";
    case Kind::give_up:
      return "give_up";
  }
  return "?";
}

std::strong_ordering Place::operator<=>(const Place& other) const {
  const auto order = [](const Place& place) {
    return std::tuple(place.urgency, place.deadline_ms == 0 ? kForGood : place.deadline_ms, place.arrival);
  };
  return order(*this) <=> order(other);
}

std::size_t History::invoke(std::int64_t at, Operation asked) {
  Row& row = rows_.emplace_back();
  row.asked = std::move(asked);
  row.invoked_at = at;
  return rows_.size() - 1;
}

History::Row& History::ending(std::size_t operation, std::int64_t at, End end) {
  Row& row = rows_.at(operation);
  if (row.end != End::pending) throw std::logic_error("an operation ended twice");
  if (at < row.invoked_at) throw std::logic_error("an operation ended before it began");
  row.end = end;
  row.ended_at = at;
  return row;
}

void History::ok(std::int64_t at, std::size_t operation, Told told) {
  ending(operation, at, End::ok).told = std::move(told);
}

void History::fail(std::int64_t at, std::size_t operation, std::string why) {
  ending(operation, at, End::fail).why = std::move(why);
}

void History::unknown(std::int64_t at, std::size_t operation) {
  ending(operation, at, End::unknown);
}

void History::add(const History& other) {
  rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
  found_.insert(found_.end(), other.found_.begin(), other.found_.end());
}

}  // namespace bannette::checker
