// Every bound of the calls' ledger, named and explained. Sizes in bytes, times in milliseconds.
#pragma once
#include <cstddef>
#include <cstdint>

namespace bannette::calls::limits {

inline constexpr std::size_t text = 256;     // any text of an event; Asterisk cuts names near 80 bytes itself
inline constexpr std::size_t call_id = 128;  // PBX:LINKEDID; longer ones are refused
inline constexpr std::size_t calls = 20'000;  // open at a time; beyond, the oldest ends with its fate unknown
inline constexpr std::size_t legs =
    64;  // of one call (queue after queue); further ones are counted, not kept
inline constexpr std::size_t rings =
    2'048;  // of one leg (four hours at one each 7 s): posts that rang; further ones are counted, not kept
inline constexpr std::size_t channels = 64;      // of one call; beyond, those that are gone are forgotten
inline constexpr std::size_t posts = 10'000;     // of all PBXs
inline constexpr std::size_t orders = 16;        // commands of ours whose effect is waited for, of one PBX
inline constexpr std::size_t snapshot = 20'000;  // channels and bridges of one snapshot
inline constexpr std::size_t queues_of_post = 64;
inline constexpr std::size_t pbxs = 16;      // beyond, events are counted and passed over
inline constexpr std::size_t dossiers = 64;  // made from one call
inline constexpr std::size_t finished =
    8'192;  // ids of ended calls that are remembered: late events do not open them again

inline constexpr std::int64_t settle =
    10'000;  // after the last channel has gone, late events are waited for so long
inline constexpr std::int64_t order_slack =
    100;  // a hangup request that comes so little after the end still came before it
inline constexpr std::int64_t command_effect =
    1'500;  // a redirect or withdrawal that was ordered shows within this time
inline constexpr std::int64_t settle_blind =
    3'600'000;  // the same where no channel's end reaches us (class "call" missing)
inline constexpr std::int64_t stopping =
    5'000;  // who leaves a queue so shortly before the PBX stops was thrown out by that
inline constexpr std::int64_t silent =
    24LL * 3600 * 1000;  // a call of which nothing was heard for so long is lost
inline constexpr std::int64_t unqualified =
    12LL * 3600 * 1000;  // an answered call is waited for so long, then let go

}  // namespace bannette::calls::limits
