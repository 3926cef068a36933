#include "agent-console/server/assets.hpp"

#include <array>
#include <stdexcept>

#include <zlib.h>

#include "agent-console/server/passwords.hpp"

namespace bannette::console {
namespace {

constexpr std::string_view kOpenApi = "/openapi.json";  // served under /api/v1, not as a page

std::string_view extension(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

std::string type_of(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> types{{
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"map", "application/json"},
      {"webmanifest", "application/manifest+json"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"ico", "image/x-icon"},
      {"woff2", "font/woff2"},
      {"txt", "text/plain; charset=utf-8"},
  }};
  for (const auto& [end, type] : types) {
    if (extension(path) == end) return std::string(type);
  }
  return "application/octet-stream";
}

std::string etag_of(std::string_view bytes) {
  constexpr std::string_view hex = "0123456789abcdef";
  const SecretDigest digest = digest_of(bytes);
  std::string tag;
  for (std::size_t i = 0; i < 12; ++i) {
    tag += hex[digest[i] >> 4];
    tag += hex[digest[i] & 15];
  }
  return tag;
}

}  // namespace

std::string gzip(std::string_view plain) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib cannot start");
  }
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("zlib cannot compress");
  return packed;
}

Representation::Representation(std::string_view plain, std::string type)
    : plain_(plain), gzip_(gzip(plain)), type_(std::move(type)), etag_(etag_of(plain)) {
  if (gzip_.size() >= plain_.size()) gzip_.clear();
}

HttpResponse Representation::respond(const HttpRequest& request) const {
  const bool packed = request.gzip && !gzip_.empty();
  const std::string tag = "\"" + etag_ + (packed ? "-gz\"" : "\"");
  HttpResponse response;
  response.type = type_;
  response.headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}, {"Vary", "Accept-Encoding"}};
  if (request.if_none_match.find(tag) != std::string::npos || request.if_none_match == "*") {
    response.status = 304;
    return response;
  }
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = packed ? gzip_ : plain_;
  return response;
}

Assets::Assets(const std::vector<Embedded>& files) {
  for (const Embedded& each : files) {
    if (each.path != kOpenApi) files_.emplace(each.path, Representation(each.view(), type_of(each.path)));
  }
}

const Representation* Assets::find(const std::string& path) const {
  const auto at = files_.find(path);
  if (at != files_.end()) return &at->second;
  if (!extension(path).empty() || path.starts_with("/api/")) return nullptr;
  const auto start = files_.find(std::string_view("/index.html"));
  return start == files_.end() ? nullptr : &start->second;
}

std::optional<HttpResponse> Assets::respond(const HttpRequest& request) const {
  const Representation* file = find(request.path);
  return file ? std::optional(file->respond(request)) : std::nullopt;
}

}  // namespace bannette::console
