// Bytes of Asterisk's Manager Interface in, whole messages out. No socket: whoever has bytes feeds them, in
// pieces cut anywhere. Lines end with CR LF and nothing else: a bare LF belongs to the value (Asterisk lets
// it through, and so a forged "Event:" line stays what it is, a part of a value). The key ends at the first
// colon. Repeated keys are kept, in their order. Source: docs.asterisk.org, "AMI v2 Specification", and what
// the captures in tests/data/telephony say.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::telephony {

namespace limits {
// Asterisk writes no line above some KiB (a variable's value is cut at 4 KiB, a line of a command's output at
// 64 KiB).
inline constexpr std::size_t ami_line = 64 * 1024;
inline constexpr std::size_t ami_fields = 4'096;  // a command's output has one a line
inline constexpr std::size_t ami_message =
    1024 * 1024;  // bytes of one message; what is beyond is passed over
}  // namespace limits

// Valid until the parser is used again.
class AmiMessage {
 public:
  struct Field {
    std::string_view key, value;
  };
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  // The first of this key, "" where there is none. Keys are compared as Asterisk writes them.
  [[nodiscard]] std::string_view get(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::string_view event() const { return get("Event"); }
  // A greeting is a message of its own: "13.0.0". Else "".
  [[nodiscard]] std::string_view banner() const { return banner_; }
  // What was too long or too much has been left out.
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  friend class AmiParser;
  std::vector<Field> fields_;
  std::string_view banner_;
  bool cut_ = false;
};

class AmiParser {
 public:
  struct Counts {
    std::uint64_t messages = 0;
    std::uint64_t long_lines = 0;     // beyond limits::ami_line: left out, up to their end
    std::uint64_t full_messages = 0;  // beyond ami_fields or ami_message: the rest of them left out
    std::uint64_t odd_lines = 0;      // without a colon: left out
    std::uint64_t torn = 0;           // begun, and a new greeting came instead of their end
  };

  // Call next() until it gives nothing, before more is fed: then memory is one message and one piece.
  void feed(std::string_view bytes);
  [[nodiscard]] const AmiMessage* next();
  // A new connection: what has begun is forgotten.
  void reset();

  // Bytes of the stream up to the end of the last message that next() gave, its blank line with it.
  [[nodiscard]] std::uint64_t offset() const { return consumed_; }
  // Something has begun and is not whole.
  [[nodiscard]] bool in_message() const { return !spans_.empty() || read_ < buffer_.size() || skipping_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Span {
    std::size_t key, key_size, value, value_size;
  };
  void take(std::string_view line);
  const AmiMessage* finish();

  std::string buffer_;      // fed and not looked at
  std::size_t read_ = 0;    // of buffer_
  std::size_t looked_ = 0;  // of buffer_: no end of a line before here
  bool skipping_ = false;   // within a line that is too long
  std::string text_;        // the lines of the message that has begun
  std::vector<Span> spans_;
  bool cut_ = false, full_ = false;
  std::uint64_t consumed_ = 0;
  AmiMessage message_;
  std::string message_text_;
  Counts counts_;
};

}  // namespace bannette::telephony
