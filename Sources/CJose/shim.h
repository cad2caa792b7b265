#pragma once

/* C names the JSON type of libjansson only; nothing of ours looks into it. */
#include <stdlib.h>
#include <cjose/cjose.h>
