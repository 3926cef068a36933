// Empty: CMake makes no precompiled header for nobody.
