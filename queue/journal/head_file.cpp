#include "queue/journal/head_file.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "queue/journal/chain.hpp"

namespace bannette::journal {
namespace {

constexpr std::size_t line_size = 20 + 1 + 64 + 1;

std::string line(const Head& head) {
  std::array<char, 24> number{};
  std::snprintf(number.data(), number.size(), "%020llu ", static_cast<unsigned long long>(head.seq));
  return number.data() + to_hex(head.hash) + "\n";
}

std::filesystem::path path_in(const std::filesystem::path& data_dir, const std::string& name) {
  return data_dir / (name + ".head");
}

}  // namespace

std::optional<Head> read_head_file(const std::filesystem::path& data_dir, const std::string& name) {
  const auto text = read_small(path_in(data_dir, name), 2 * line_size);
  if (!text) return std::nullopt;
  Head head;
  const char* end = text->data() + text->size();
  const auto [after, error] = std::from_chars(text->data(), end, head.seq);
  std::string_view rest(after, static_cast<std::size_t>(end - after));
  if (error == std::errc{} && rest.size() == 66 && rest.front() == ' ' && rest.back() == '\n')
    if (const auto hash = hash_from_hex(rest.substr(1, 64))) {
      head.hash = *hash;
      return head;
    }
  throw Damaged(
      path_in(data_dir, name).string() +
      " : illisible. Contrôlez le journal (« bannette check --data »), puis récrivez ce fichier avec la "
      "sortie de « bannette head --data »");
}

std::optional<std::string> head_disagreement(const Head& head, const std::optional<Head>& told,
                                             const std::function<std::optional<Hash>(std::uint64_t)>& hash_at,
                                             const std::string& name) {
  if (!told) {
    if (head.seq == 0) return std::nullopt;
    return name + ".head manque alors que le journal va jusqu'à l'enregistrement " +
           std::to_string(head.seq) +
           " : une fin effacée ne se verrait pas. Contrôlez-le (« bannette check --data »), puis récrivez ce "
           "fichier avec la sortie de « bannette head --data »";
  }
  if (head.seq < told->seq)
    return "le journal s'arrête à l'enregistrement " + std::to_string(head.seq) +
           " alors qu'il allait jusqu'à " + std::to_string(told->seq) + " (" + name +
           ".head) : la fin a été perdue ou effacée (" + name + ".db-wal ?)";
  if (hash_at(told->seq) != told->hash)
    return "enregistrement " + std::to_string(told->seq) + " : sa somme de contrôle n'est pas celle que " +
           name + ".head a gardée";
  return std::nullopt;
}

HeadFile::HeadFile(const std::filesystem::path& data_dir, const Head& head, const std::string& name)
    : name_(name), file_(File::open(path_in(data_dir, name), O_WRONLY | O_CREAT)) {
  // In place and never shorter: a cut of power between a truncation and the writing would leave an empty
  // file.
  file_.write_at(0, line(head));
  if (::ftruncate(file_.fd(), static_cast<off_t>(line_size)) != 0)
    throw std::system_error(errno, std::generic_category(), path_in(data_dir, name).string());
  file_.sync();
  sync_folder(data_dir);
}

void HeadFile::write(const Head& head) {
  try {
    file_.write_at(0, line(head));
  } catch (const std::system_error& e) {
    if (e.code().value() == ENOSPC || e.code().value() == EDQUOT) return;
    throw Broken(name_ + ".head : " + e.what());
  }
  changed_ = true;
}

void HeadFile::sync() {
  if (!changed_.exchange(false)) return;
  try {
    file_.sync();
  } catch (const std::system_error& e) {
    throw Broken(name_ + ".head : " + e.what());
  }
}

}  // namespace bannette::journal
