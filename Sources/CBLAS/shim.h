#ifndef LONGHAND_CBLAS_SHIM_H
#define LONGHAND_CBLAS_SHIM_H

// OpenBLAS's own cblas.h, which also declares openblas_set_num_threads.
#include <cblas.h>

#endif
