// The same for the rooms that serve HTTP.
#pragma once
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>

// and, by target_precompile_headers, precompiled.hpp
