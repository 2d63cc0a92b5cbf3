#include "filters/pii_number.h"
#include "src/slice.h"
static inline bool pii_vat_find(struct slice text, size_t at, struct pii_number *found){(void)text;(void)at;(void)found;return false;}
