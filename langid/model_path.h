/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_path.h - where the model is when nobody says so.
 */
#ifndef MLIN_MODEL_PATH_H
#define MLIN_MODEL_PATH_H

#include "langid/model.h"

/*
 * Open the model: `path` if not NULL, else $MLIN_LANGID_MODEL, else, beside the
 * program, ../langid/models/europe.lid (a checkout) or
 * ../share/mlin/europe.lid (an installation).  Dies with a message that names
 * the file when it cannot be used, or all places when there is none.
 */
void model_open_or_die(struct model *model, const char *path);

#endif
