// What most files of the rooms that speak to the wire read before their first own line. Only where BANNETTE_PCH is on;
// without it each file must still include what it uses.
#pragma once
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <boost/system/result.hpp>

#include "bannette/v1/envelope.pb.h"
