/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.h - `mlin run`: a pipeline file, or one quoted line, in one process.
 */
#ifndef MLIN_RUN_H
#define MLIN_RUN_H

#include "src/stage.h"

extern const struct command run_command;

#endif
