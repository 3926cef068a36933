#include "agent-console/server/assets.hpp"

#include <array>

#include <zlib.h>

#include <catch2/catch.hpp>

using namespace bannette::console;

namespace {

constexpr std::string_view kPage = "<!doctype html><title>Bannette</title>";
const std::string kScript(5'000, ';');

Embedded file(std::string_view path, std::string_view bytes) {
  return {path, {bytes.data(), bytes.data() + bytes.size()}};
}

Assets assets() {
  return Assets({file("/index.html", kPage), file("/app.js", kScript), file("/openapi.json", "{}")});
}

HttpRequest get(const std::string& path) {
  HttpRequest request;
  request.path = path;
  return request;
}

std::string header(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

std::string gunzip(const std::string& packed) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string plain(100'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  return plain;
}

}  // namespace

TEST_CASE("files, and the start page for the browser's own routes") {
  const Assets all = assets();
  CHECK(all.respond(get("/app.js"))->type == "text/javascript; charset=utf-8");
  for (const char* path : {"/", "/operateur", "/bannette/u1"}) {
    const auto page = all.respond(get(path));
    REQUIRE(page);
    CHECK(page->body == kPage);
    CHECK(page->type == "text/html; charset=utf-8");
  }
  for (const char* path : {"/nothing.js", "/api/v1/nothing", "/openapi.json", "/../etc/passwd.txt"}) {
    CAPTURE(path);
    CHECK_FALSE(all.respond(get(path)));
  }
}

TEST_CASE("a browser that has the file is told so") {
  const Assets all = assets();
  const auto first = all.respond(get("/app.js"));
  CHECK(header(*first, "Cache-Control") == "no-cache");
  HttpRequest again = get("/app.js");
  again.if_none_match = "\"other\", " + header(*first, "ETag");
  const auto second = all.respond(again);
  CHECK(second->status == 304);
  CHECK(second->body.empty());
  CHECK(header(*second, "ETag") == header(*first, "ETag"));
  again.if_none_match = "\"other\"";
  CHECK(all.respond(again)->status == 200);
}

TEST_CASE("compressed once, with a validator of its own, and only where it is smaller") {
  const Assets all = assets();
  HttpRequest request = get("/app.js");
  request.gzip = true;
  const auto packed = all.respond(request);
  CHECK(header(*packed, "Content-Encoding") == "gzip");
  CHECK(header(*packed, "Vary") == "Accept-Encoding");
  CHECK(packed->body.size() < 200);
  CHECK(gunzip(packed->body) == kScript);
  CHECK(header(*packed, "ETag") != header(*all.respond(get("/app.js")), "ETag"));
  request.path = "/";
  CHECK(header(*all.respond(request), "Content-Encoding").empty());
}
