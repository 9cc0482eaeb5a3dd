// The real world in, an exit code out.
#include <cstdio>

int main() { std::puts("weir"); }
