/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MLIN_PII_NUMBER_H
#define MLIN_PII_NUMBER_H
#include <stdbool.h>
#include <stddef.h>
struct pii_number { size_t end; const char *country; bool needs_context; const char *const *words; };
#endif
