#include "tests/integration/agent.hpp"

namespace bannette::test {
namespace {

v1::Envelope after(const v1::Envelope& last, const v1::Done& done) {
  const std::string& dossier = done.header().reference();
  const std::uint64_t fence = done.header().fence();
  if (last.has_reserve()) return accept(dossier, fence);
  if (last.has_accept()) return note(dossier, fence, "rappelée");
  if (last.has_note()) return handle(dossier, fence);
  return reserve();
}

}  // namespace

void Agent::ask(v1::Envelope request) {
  signal_.change([&] { steps_.push_back({request, {}}); });
  link_.ask(std::move(request), [self = shared_from_this()](v1::Envelope&& reply) {
    if (reply.has_done()) self->go_on(reply.done());
  });
}

void Agent::go_on(const v1::Done& done) {
  v1::Envelope last;
  signal_.change([&] {
    steps_.back().done = done;
    last = steps_.back().request;
    ++done_;
  });
  ask(after(last, done));
}

}  // namespace bannette::test
