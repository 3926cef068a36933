// The pages: files embedded in the program, with their types, validators and compressed forms.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent-console/server/http.hpp"

namespace bannette::console {

struct Embedded {
  std::string_view path;  // "/app.js"
  struct Bytes {
    const char* begin;
    const char* end;
  } bytes;
  [[nodiscard]] std::string_view view() const {
    return {bytes.begin, static_cast<std::size_t>(bytes.end - bytes.begin)};
  }
};

// Written by embed.cmake: agent-console/web/dist and openapi.json.
[[nodiscard]] std::vector<Embedded> embedded_files();

// What is sent whole, unchanged until it is another: with its validator (RFC 9110, 8.8.3) and compressed
// where the client takes that. Compressed once, here. Only for what holds no secret and nothing of the
// request: compressed beside a secret, a text of the attacker's would give it away by the length (BREACH).
class Representation {
 public:
  Representation() = default;
  Representation(std::string_view plain, std::string type);
  // 304 where the client has it already. Kept by its browser, and asked about each time.
  [[nodiscard]] HttpResponse respond(const HttpRequest& request) const;
  [[nodiscard]] const std::string& plain() const { return plain_; }

 private:
  std::string plain_;
  std::string gzip_;  // empty where it is not smaller
  std::string type_;
  std::string etag_;
};

class Assets {
 public:
  // Compresses once, here.
  explicit Assets(const std::vector<Embedded>& files);

  // A file, or the start page for a path without an extension (the browser's own routes); nothing for other
  // paths.
  [[nodiscard]] std::optional<HttpResponse> respond(const HttpRequest& request) const;

 private:
  [[nodiscard]] const Representation* find(const std::string& path) const;

  std::map<std::string, Representation, std::less<>> files_;
};

// Deflates to the gzip format (RFC 1952). Throws std::runtime_error where zlib fails.
[[nodiscard]] std::string gzip(std::string_view plain);

}  // namespace bannette::console
