// What waits for durability. One batch is in flight, one is filling; every output carries the sequence that
// it saw and leaves only once that is durable. Pure: the shell starts batches, tells how they ended, and
// sends what comes out.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "queue/core/limits.hpp"

namespace bannette::session {

template <class Entry, class Output>
class Pipeline {
 public:
  // `durable`: the journal's head at start.
  explicit Pipeline(std::uint64_t durable = 0) : durable_(durable) {}

  // Is there room for one more command (its entries, its output)? No: answer busy.
  [[nodiscard]] bool has_room() const {
    return filling_.size() + limits::command_records <= limits::filling_records &&
           outputs_.size() < limits::filling_outputs && filling_bytes_ < limits::batch_bytes;
  }

  void add(Entry&& entry, std::size_t bytes) {
    filling_.push_back(std::move(entry));
    filling_bytes_ += bytes;
  }

  // In the order of sequence: a later output never saw less.
  void add_output(std::uint64_t after_seq, Output&& output) {
    outputs_.emplace_back(after_seq, std::move(output));
  }

  // The next batch to commit, or nothing while one is in flight or none is filling.
  [[nodiscard]] std::optional<std::vector<Entry>> start() {
    if (in_flight_ || filling_.empty()) return std::nullopt;
    in_flight_ = true;
    filling_bytes_ = 0;
    std::vector<Entry> batch = std::exchange(filling_, {});
    filling_.reserve(batch.size());  // the next is likely as long
    return batch;
  }

  void committed(std::uint64_t durable) {
    in_flight_ = false;
    durable_ = durable;
  }

  // The batch was not kept: nothing applied after the durable head stands. What saw more than that is given
  // back, to be refused; the state must be reloaded before the next command.
  [[nodiscard]] std::vector<Output> failed() {
    in_flight_ = false;
    filling_.clear();
    filling_bytes_ = 0;
    std::vector<Output> lost;
    while (!outputs_.empty() && outputs_.back().first > durable_) {
      lost.push_back(std::move(outputs_.back().second));
      outputs_.pop_back();
    }
    return {std::make_move_iterator(lost.rbegin()), std::make_move_iterator(lost.rend())};
  }

  // What may leave now, in order: given to `leave` one by one.
  template <class Leave>
  void release(Leave&& leave) {
    while (!outputs_.empty() && outputs_.front().first <= durable_) {
      leave(std::move(outputs_.front().second));
      outputs_.pop_front();
    }
  }
  [[nodiscard]] std::vector<Output> release() {
    std::vector<Output> ready;
    release([&](Output&& output) { ready.push_back(std::move(output)); });
    return ready;
  }

  [[nodiscard]] bool idle() const { return !in_flight_ && filling_.empty() && outputs_.empty(); }
  [[nodiscard]] bool in_flight() const { return in_flight_; }
  [[nodiscard]] std::size_t filling() const { return filling_.size(); }
  [[nodiscard]] std::uint64_t durable() const { return durable_; }
  [[nodiscard]] std::size_t waiting_outputs() const { return outputs_.size(); }

 private:
  std::vector<Entry> filling_;
  std::size_t filling_bytes_ = 0;
  std::deque<std::pair<std::uint64_t, Output>> outputs_;
  bool in_flight_ = false;
  std::uint64_t durable_ = 0;
};

}  // namespace bannette::session
