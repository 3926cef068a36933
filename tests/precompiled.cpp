// Empty: what is compiled is precompiled.hpp.
