// PostgreSQL's client library, and the wake-up descriptor that the Glibc module of Swift leaves out.
#include <libpq-fe.h>
#include <sys/eventfd.h>
