#ifndef GREFFIER_CPOSTGRESQL_SHIM_H
#define GREFFIER_CPOSTGRESQL_SHIM_H

#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
// Where Debian and its relatives keep it.
#include <postgresql/libpq-fe.h>
#endif

#endif
