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

class Assets {
 public:
  // Compresses once, here.
  explicit Assets(const std::vector<Embedded>& files);

  // A file, or the start page for a path without an extension (the browser's own routes); nothing for other
  // paths.
  [[nodiscard]] std::optional<HttpResponse> respond(const HttpRequest& request) const;

 private:
  struct File {
    std::string_view plain;
    std::string gzip;  // empty where it is not smaller
    std::string type;
    std::string etag;
  };
  [[nodiscard]] const File* find(const std::string& path) const;

  std::map<std::string, File, std::less<>> files_;
};

// Deflates to the gzip format (RFC 1952). Throws std::runtime_error where zlib fails.
[[nodiscard]] std::string gzip(std::string_view plain);

}  // namespace bannette::console
