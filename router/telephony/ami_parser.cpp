#include "router/telephony/ami_parser.hpp"

#include <utility>

namespace bannette::telephony {

namespace {

constexpr std::string_view banner_prefix = "Asterisk Call Manager/";

}  // namespace

std::string_view AmiMessage::get(std::string_view key) const {
  for (const auto& field : fields_) {
    if (field.key == key) return field.value;
  }
  return {};
}

bool AmiMessage::has(std::string_view key) const {
  for (const auto& field : fields_) {
    if (field.key == key) return true;
  }
  return false;
}

void AmiParser::feed(std::string_view bytes) {
  if (read_ > 0) {
    buffer_.erase(0, read_);
    looked_ -= read_;
    read_ = 0;
  }
  buffer_ += bytes;
}

void AmiParser::reset() {
  consumed_ += buffer_.size() - read_;
  buffer_.clear();
  text_.clear();
  spans_.clear();
  read_ = looked_ = 0;
  skipping_ = cut_ = full_ = false;
}

// One line that is no greeting and not empty.
void AmiParser::take(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    ++counts_.odd_lines;
    return;
  }
  if (full_) return;
  if (spans_.size() >= limits::ami_fields || text_.size() + line.size() > limits::ami_message) {
    full_ = cut_ = true;
    ++counts_.full_messages;
    return;
  }
  const auto at = text_.size();
  const auto value = colon + (line.substr(colon + 1).starts_with(' ') ? 2 : 1);
  spans_.push_back({at, colon, at + value, line.size() - value});
  text_ += line;
}

const AmiMessage* AmiParser::finish() {
  message_text_.swap(text_);
  const std::string_view text = message_text_;
  message_.fields_.clear();
  for (const auto& span : spans_) {
    message_.fields_.push_back(
        {text.substr(span.key, span.key_size), text.substr(span.value, span.value_size)});
  }
  message_.banner_ = {};
  message_.cut_ = std::exchange(cut_, false);
  full_ = false;
  text_.clear();
  spans_.clear();
  ++counts_.messages;
  return &message_;
}

const AmiMessage* AmiParser::next() {
  for (;;) {
    const auto end = buffer_.find("\r\n", looked_);
    if (end == std::string::npos) {
      if (buffer_.size() - read_ >
          limits::ami_line) {  // it cannot become whole: keep what may be the CR of its end
        if (!std::exchange(skipping_, true)) ++counts_.long_lines;
        const auto kept = buffer_.back() == '\r' ? 1U : 0U;
        consumed_ += buffer_.size() - kept - read_;
        buffer_.erase(0, buffer_.size() - kept);
        read_ = 0;
      }
      looked_ = buffer_.empty() || buffer_.back() != '\r' ? buffer_.size() : buffer_.size() - 1;
      return nullptr;
    }
    const auto line = std::string_view(buffer_).substr(read_, end - read_);
    consumed_ += line.size() + 2;
    read_ = looked_ = end + 2;
    if (std::exchange(skipping_, false)) {
      cut_ = true;
    } else if (line.size() > limits::ami_line) {
      ++counts_.long_lines;
      cut_ = true;
    } else if (line.empty()) {
      if (!spans_.empty()) return finish();
      cut_ = full_ = false;
    } else if (line.starts_with(banner_prefix)) {
      if (!spans_.empty()) ++counts_.torn;
      text_.assign(line);
      spans_.clear();
      finish();
      message_.banner_ = std::string_view(message_text_).substr(banner_prefix.size());
      return &message_;
    } else {
      take(line);
    }
  }
}

}  // namespace bannette::telephony
