/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train.h - `mlin train`: from texts or counts to tokenizer.json.
 */
#ifndef MLIN_TOKENIZER_TRAIN_H
#define MLIN_TOKENIZER_TRAIN_H

#include "src/stage.h"

extern const struct command train_command;

#endif
