#ifndef CMEMORY_SHIM_H
#define CMEMORY_SHIM_H

// mallopt(3) and its parameters: Swift's Glibc module leaves this header out.
#include <malloc.h>

#endif
