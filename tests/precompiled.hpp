// What nearly every test reads before its first own line: two of the three seconds that compiling one takes.
// Only where BANNETTE_PCH is on; without it each file must still include what it uses.
#pragma once
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <boost/system/result.hpp>
#include <catch2/catch.hpp>

#include "bannette/v1/envelope.pb.h"
